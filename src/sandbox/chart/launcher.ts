import { type User, usersOf } from '../auth/users.ts';
import type { FaceServer } from '../fhir/served-face.ts';
import { listOf } from '../resource.ts';
import { type Html, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';

/** One way to open the app: as whom, and what the button says. */
interface Choice {
  user: User;
  words: string;
}

/** Staff who work in a patient's chart. */
const inChart: ReadonlySet<User['role']> = new Set(['clinician', 'coordinator']);

/** The buttons that open the app in a patient's context: as a clinician, as the coordinator, as the patient. */
export function chartLauncher({ server, patient }: PatientRecord): Html {
  const users = usersOf(server);
  const own = listOf(patient.generalPractitioner).map((reference) => (reference as { reference?: unknown }).reference);
  const isOwn = ({ reference }: User) => own.includes(reference);
  const staff = users.filter(({ role }) => inChart.has(role)).sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const themself = users.filter(({ reference }) => reference === `Patient/${patient.id}`);
  return launcher(`/chart/${encodeURIComponent(patient.id)}/launch?face=${server.face.name}`, [
    ...staff.map((user) => ({ user, words: 'Open Intersession' })),
    ...themself.map((user) => ({ user, words: 'Patient portal: my homework' })),
  ]);
}

/** The buttons on the front page, with no patient in context: the coordinator's list, and the connection to this EHR. */
export function worklistLauncher(server: FaceServer): Html {
  const users = usersOf(server);
  const of = (role: User['role'], words: string) =>
    users.filter((user) => user.role === role).map((user) => ({ user, words }));
  return launcher(`/launch?face=${server.face.name}`, [
    ...of('coordinator', 'Open the worklist'),
    ...of('integration', 'Open the connection'),
  ]);
}

/** A form of which each button is one launch; it opens in the frame beneath, or in a window of its own. */
function launcher(action: string, choices: readonly Choice[]): Html {
  return html`<form class="card launcher" method="post" action="${action}&view=frame" target="app" rel="noopener" aria-labelledby="launcher-title">
    <h2 id="launcher-title">Open Intersession as</h2>
    <ul>${choices.map((choice) => launchRow(action, choice))}</ul>
    <details>
      <summary>Launch options</summary>
      <p class="options">
        <label>Intent <input name="intent" maxlength="64" autocomplete="off" spellcheck="false"></label>
        <label><input type="checkbox" name="consent" value="ask"> Ask before access is given</label>
      </p>
    </details>
  </form>
  <section id="app-panel" class="card" aria-label="Intersession in the chart" hidden>
    <p class="row"><span>Intersession</span> <button type="button" id="app-close">Close</button></p>
    <iframe name="app" title="Intersession" allow="" referrerpolicy="no-referrer"></iframe>
  </section>`;
}

function launchRow(action: string, { user, words }: Choice): Html {
  const label = `${words} as ${user.name}`;
  return html`<li>
    <span class="who">${user.name} <span class="quiet">${user.title}</span></span>
    <span class="ways">
      <button class="primary" name="user" value="${user.reference}" aria-label="${label}">${words}</button>
      <button name="user" value="${user.reference}" aria-label="${label}, in its own window" formaction="${action}&view=window" formtarget="_blank">own window</button>
    </span>
  </li>`;
}
