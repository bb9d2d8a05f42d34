import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaceName, type Json, type OpenSandbox, openSandbox } from './open-sandbox.ts';
import { answered, SmartApp } from './smart-app.ts';

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

interface Button {
  label: string;
  user: string;
  action: string;
  target: string;
}

/** The launch buttons of a page as a browser would submit them. */
async function buttonsOf(path: string): Promise<Button[]> {
  const { text } = await answered(`${ehr.url}${path}`);
  const form = /<form class="card launcher"[\s\S]*?<\/form>/.exec(text)?.[0] ?? '';
  const attribute = (tag: string, name: string) =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&#38;', '&');
  const formTag = form.slice(0, form.indexOf('>'));
  return [...form.matchAll(/<button[^>]*>/g)].map(([tag]) => ({
    label: String(attribute(tag, 'aria-label')),
    user: String(attribute(tag, 'value')),
    action: String(attribute(tag, 'formaction') ?? attribute(formTag, 'action')),
    target: String(attribute(tag, 'formtarget') ?? attribute(formTag, 'target')),
  }));
}

const press = ({ action, user }: Button, more: Json = {}, headers: Record<string, string> = {}) =>
  answered(`${ehr.url}${action}`, { method: 'POST', headers, body: new URLSearchParams({ user, ...more }) });

/** What the app learns when it follows where a button leads. */
async function learn(pressed: { location: URL | undefined }, face: FaceName = 'native'): Promise<Json> {
  const app = new SmartApp(ehr, face);
  const launch = pressed.location?.searchParams.get('launch');
  const { body } = await app.exchange(await app.code({ launch, scope: 'openid fhirUser launch user/*.rs' }));
  const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url').toString());
  return { ...body, fhirUser: claims.fhirUser };
}

describe('buttons on the chart', () => {
  it('open the app as both clinicians, the coordinator and the patient, in the chart or beside it', async () => {
    const buttons = await buttonsOf('/chart/marcus-bell');
    expect(buttons.filter(({ target }) => target === 'app').map(({ label }) => label)).toEqual([
      'Open Intersession as Dr. Jonas Lindqvist', // the patient's own clinician comes first
      'Open Intersession as Dr. Adaeze Okafor',
      'Open Intersession as Marisol Reyes',
      'Patient portal: my homework as Marcus Bell',
    ]);
    expect(buttons.filter(({ target }) => target === '_blank')).toHaveLength(4);
  });

  it.each(['native', 'notes-only'] as const)('hand over what is open on %s', async (face) => {
    const [button] = await buttonsOf(`/chart/sarah?face=${face}`);
    if (button === undefined) throw new Error('no button');
    const pressed = await press(button, { intent: 'since-last-visit' });
    expect([pressed.status, pressed.location?.origin, pressed.location?.pathname]).toEqual([
      303,
      ehr.service.url,
      '/launch',
    ]);
    expect(pressed.location?.searchParams.get('iss')).toBe(ehr.base(face));
    expect(await learn(pressed, face)).toMatchObject({
      fhirUser: `${ehr.base(face)}/Practitioner/dr-okafor`,
      patient: 'sarah',
      encounter: 'sarah-2026-03-25',
      intent: 'since-last-visit',
      need_patient_banner: false,
    });
  });

  it('ask for a banner in a window of its own, and name the active plans', async () => {
    const subject = { reference: 'Patient/ruth-abrams' };
    const body = { resourceType: 'CarePlan', status: 'active', intent: 'plan', subject };
    const { body: plan } = await ehr.fhir('native', 'POST', '/CarePlan', { body });
    await ehr.fhir('native', 'POST', '/CarePlan', { body: { ...body, status: 'completed' } });
    const button = (await buttonsOf('/chart/ruth-abrams')).find(({ target }) => target === '_blank');
    if (button === undefined) throw new Error('no button');
    expect(await learn(await press(button))).toMatchObject({
      need_patient_banner: true,
      fhirContext: [{ reference: `CarePlan/${plan.id}` }],
    });
  });

  it('lead to the consent page when asked to', async () => {
    const [button] = await buttonsOf('/chart/sarah');
    if (button === undefined) throw new Error('no button');
    const { location } = await press(button, { consent: 'ask' });
    const answer = await new SmartApp(ehr).authorize({ launch: location?.searchParams.get('launch') });
    expect(answer.location?.pathname).toMatch(/^\/native\/sign-in\//);
  });

  it('on the front page: the worklist and the connection, without a patient', async () => {
    const buttons = (await buttonsOf('/?face=notes-only')).filter(({ target }) => target === 'app');
    expect(buttons.map(({ label }) => label)).toEqual([
      'Open the worklist as Marisol Reyes',
      'Open the connection as Noor Haddad',
    ]);
    for (const [at, id] of ['coordinator-reyes', 'integration-haddad'].entries()) {
      const button = buttons[at];
      if (button === undefined) throw new Error('no button');
      const told = await learn(await press(button), 'notes-only');
      expect([told.patient, told.fhirUser]).toEqual([undefined, `${ehr.base('notes-only')}/Practitioner/${id}`]);
    }
  });

  it('cannot be pressed by a page of another origin, nor for nobody', async () => {
    const [button] = await buttonsOf('/chart/sarah');
    if (button === undefined) throw new Error('no button');
    expect((await press(button, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await press(button, {}, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await press({ ...button, user: 'Practitioner/nobody' })).status).toBe(404);
    expect((await press({ ...button, action: button.action.replace('sarah', 'nobody') })).status).toBe(404);
  });
});

it('the chart may hold the app and the sign-in pages in a frame, and nothing else', async () => {
  const { headers } = await fetch(`${ehr.url}/chart/sarah`);
  const policy = String(headers.get('content-security-policy'));
  expect(policy).toContain(`frame-src 'self' ${ehr.service.url} ${ehr.authUrl};`);
  expect(policy).toContain(`form-action 'self' ${ehr.service.url};`);
  expect(policy).toContain("frame-ancestors 'none'");
  expect((await answered(`${ehr.url}/chart/sarah`)).text).toContain('<iframe name="app" title="Intersession" allow=""');
});
