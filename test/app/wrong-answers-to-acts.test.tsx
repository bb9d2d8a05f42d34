import { afterEach, describe, expect, it, vi } from 'vitest';
import CallbackPage from '../../smart-app/src/launch/callback-page.tsx';
import LaunchPage from '../../smart-app/src/launch/launch-page.tsx';
import { keepIssuer } from '../../smart-app/src/session/session-store.ts';
import { type Act, actsInForms, cannotRead } from './acts-in-forms.ts';
import { inTrouble } from './integration-case.ts';
import { browseTo, button, type OpenedView, openView, waitFor } from './open-view.tsx';
import { click, type Rendered, render, type } from './render.tsx';
import { situations } from './situations.ts';
import { answering, shapes } from './wrong-shapes.ts';

let view: OpenedView | undefined;
let page: Rendered | undefined;
afterEach(async () => {
  page?.leave();
  page = undefined;
  await view?.close();
  view = undefined;
  vi.unstubAllGlobals();
});

const rejected = inTrouble.rows.find(({ state }) => state === 'rejected');
const rejectedPage = { name: 'row', artefact: rejected?.artefact, id: rejected?.id };
const rejectedPath = `/app/v1/ledger/${rejected?.artefact}/${rejected?.id}`;
const [firstDay] = situations.firstDay.plans;
const [opinion] = situations.opinionDue.plans;
const step = firstDay.assignments.find(({ key }) => key === '1')?.id;
const done = opinion.logs.find(({ status }) => status === 'completed')?.id;
const visit = situations.atTheVisit.plans[0];
const paperStep = visit.assignments.find(({ key }) => key === '4b')?.id;

const acts: readonly Act[] = [
  {
    name: 'a patient who says that they are not safe',
    open: [situations.firstDay],
    call: ['POST', '/app/v1/safety-signals'],
    async act({ press }) {
      await press('I am not safe right now');
      await press('Tell my care team as well');
    },
    says: 'could not be told just now. Please call',
    never: 'has been told',
  },
  {
    name: 'a word of a log that is being written',
    open: [situations.firstDay, { name: 'log', assignmentId: step }],
    call: ['PUT', '/app/v1/drafts/…'],
    async act({ shown, until }) {
      await until(() => shown.box.querySelector('textarea') !== null);
      type(shown.box.querySelector('textarea'), 'At the team meeting');
    },
    says: 'Kept on this device',
    never: 'You can leave and come back',
  },
  {
    name: 'a log that is put right',
    open: [situations.opinionDue, { name: 'correct', logId: done }],
    call: ['PATCH', `/app/v1/logs/${done}`],
    act: ({ press }) => press('Save the correction'),
    says: cannotRead,
    never: 'My notes are up to date',
  },
  {
    name: 'a log that is entered from paper',
    open: [situations.atTheVisit, { name: 'paper', assignmentId: paperStep }],
    call: ['POST', `/app/v1/assignments/${paperStep}/logs`],
    async act({ press, shown, until }) {
      await until(() => shown.box.querySelector('#paper-day') !== null);
      type(shown.box.querySelector('#paper-day'), '2026-03-25');
      type(shown.box.querySelector('#q-situation'), 'Planning meeting');
      click(shown.box.querySelector('#q-practised input'));
      await press('Save and enter the next one');
    },
    says: cannotRead,
    never: 'entered so far',
  },
  {
    name: 'a safety signal that staff raise',
    open: [situations.atTheVisit],
    call: ['POST', '/app/v1/safety-signals'],
    async act({ press }) {
      await press('Worried about this patient');
      await press('Raise it');
    },
    says: cannotRead,
    never: 'Thoughts of harming oneself, open',
  },
  {
    name: 'a barrier that is talked over on the first page',
    open: [situations.atTheVisit],
    call: ['POST', '/app/v1/barriers/…'],
    act: ({ press }) => press('Talked over'),
    says: cannotRead,
    never: 'Talked over: “',
  },
  {
    name: 'a message that is marked as read on the first page',
    open: [situations.atTheVisit],
    call: ['POST', '/app/v1/feedback/…'],
    act: ({ press }) => press('Mark as read'),
    says: cannotRead,
    never: 'is marked as read',
  },
  {
    name: 'a message that is answered on the first page',
    open: [situations.atTheVisit],
    call: ['POST', '/app/v1/assignments/…'],
    async act({ press, shown, until }) {
      await press('Answer');
      await until(() => shown.box.querySelector('dialog textarea') !== null);
      type(shown.box.querySelector('dialog textarea'), 'We look at that together');
      await press('Send to the patient');
    },
    says: cannotRead,
    never: 'Your answer was sent',
  },
  {
    name: 'a step that is unlocked on the first page',
    open: [situations.atTheVisit],
    call: ['POST', '/app/v1/assignments/…'],
    async act({ press, shown, until }) {
      await press('Unlock step 4c');
      await until(() => shown.box.querySelector('dialog textarea') !== null);
      type(shown.box.querySelector('dialog textarea'), 'She wants to try it');
      shown.box.querySelector<HTMLButtonElement>('dialog button[type=submit]')?.click();
    },
    says: cannotRead,
    never: 'Step 4c is unlocked',
  },
  {
    name: 'the note that is read before it is filed',
    open: [situations.atTheVisit, { name: 'chart' }],
    call: ['POST', `/app/v1/plans/${visit.plan.id}/reports/preview`],
    act: ({ press }) => press('Read the note'),
    says: cannotRead,
    never: 'Sign and file',
  },
  {
    name: 'a step that is unlocked',
    open: [situations.atTheVisit, { name: 'plan' }],
    call: ['POST', '/app/v1/assignments/…'],
    async act({ press, shown }) {
      await press('Unlock step 4c');
      type(shown.box.querySelector('dialog textarea'), 'She is ready');
      type(shown.box.querySelector('dialog input[type=date]'), '2026-04-08');
      shown.box.querySelector<HTMLButtonElement>('dialog button[type=submit]')?.click();
    },
    says: cannotRead,
    never: 'is unlocked',
  },
  {
    name: 'a plan that is assigned',
    open: [situations.noPlanYet, { name: 'assign' }],
    call: ['POST', '/app/v1/plans'],
    act: ({ press }) => press('Assign to Sarah Whitfield'),
    says: cannotRead,
    never: 'Assigned.',
  },
  {
    name: 'a chart that a coordinator opens',
    open: [situations.coordinator],
    call: ['POST', '/app/v1/open-patient'],
    act: ({ press }) => press(`Open ${situations.coordinator.roster[0]?.name}`),
    says: 'The chart could not be opened just now',
    never: 'Back to the list',
  },
  {
    name: 'a contact that a coordinator notes',
    open: [situations.coordinator],
    call: ['POST', '/app/v1/contacts'],
    async act({ press, shown, until }) {
      await press('Note a contact');
      await until(() => shown.box.querySelector('#contact-note') !== null);
      type(shown.box.querySelector('#contact-note'), 'Reached her');
      await press('Save');
    },
    says: cannotRead,
    never: 'Contact noted',
    right: ['status 204'],
  },
  {
    name: 'an EHR that is asked again',
    open: [situations.connection],
    call: ['POST', '/app/v1/connection/ask-again'],
    act: ({ press }) => press('Ask the EHR again'),
    says: cannotRead,
    never: 'The refusals are forgotten',
  },
  {
    name: 'refusals that are forgotten',
    open: [situations.connection],
    call: ['POST', '/app/v1/connection/try-again'],
    act: ({ press }) => press('Try again what it refused'),
    says: cannotRead,
    never: 'The refusals are forgotten',
  },
  {
    name: 'a decision about a row',
    open: [situations.connection, rejectedPage],
    call: ['POST', `${rejectedPath}/withdraw`],
    async act({ press, shown, until }) {
      await press('Withdraw it');
      await until(() => shown.box.querySelector('dialog textarea') !== null);
      type(shown.box.querySelector('dialog textarea'), 'It is on paper');
      await until(() => shown.box.querySelector('dialog button[type=submit]') !== null);
      shown.box.querySelector<HTMLButtonElement>('dialog button[type=submit]')?.click();
    },
    says: cannotRead,
    never: 'Noted:',
  },
  {
    name: 'many rows that are tried again',
    open: [situations.connection, { name: 'ledger', state: 'waiting' }],
    call: ['POST', '/app/v1/ledger/retry'],
    async act({ press, shown, until }) {
      await until(() => (shown.box.textContent ?? '').includes('Try all'));
      await press('Try all');
      await until(() => shown.box.querySelector('dialog textarea') !== null);
      type(shown.box.querySelector('dialog textarea'), 'The report was signed');
      await until(() => shown.box.querySelector('dialog button[type=submit]') !== null);
      shown.box.querySelector<HTMLButtonElement>('dialog button[type=submit]')?.click();
    },
    says: cannotRead,
    never: 'Noted:',
  },
  ...actsInForms,
];

describe.each(acts.map((act) => [act.name, act] as const))(
  '%s',
  (_name, { open, call, act, says, never, right = [] }) => {
    it.each(shapes.filter((shape) => !right.includes(shape)))('is not called done by %s', async (shape) => {
      view = await openView(...open);
      const { shown, text, until } = view;
      const [method, path] = call;
      const begin = path.replace('…', '');
      const wrong = answering(method, path, shape);
      let came = 0;
      view.instead((asked) => {
        if (asked.method !== method || !asked.path.startsWith(begin)) return undefined;
        came += 1;
        return wrong({ method, path, byItself: false });
      });
      await until(() => shown.box.querySelector('[aria-busy]') === null);
      await act(view);
      await until(() => came > 0 && text().includes(says));
      expect(text()).not.toContain(never);
    });

    it('is done when the service itself answers', async () => {
      view = await openView(...open);
      const { shown, service, text, until } = view;
      await until(() => shown.box.querySelector('[aria-busy]') === null);
      await act(view);
      const begin = call[1].replace('…', '');
      await until(() => service.calls.some(({ method, path }) => method === call[0] && path.startsWith(begin)));
      await until(() => button(shown.box, 'Saving') === undefined && !text().includes('Saving …'));
      expect(text()).not.toContain(says);
    });
  },
);

describe('signing in', () => {
  it.each(shapes)('at the launch is a problem page when %s comes, and can be tried again', async (shape) => {
    const origin = { origin: 'http://127.0.0.1:9' };
    let asked = 0;
    browseTo(origin, () => (call) => {
      asked += 1;
      return answering('POST', '/smart/launch', shape)(call);
    });
    history.replaceState(null, '', '/launch?iss=https%3A%2F%2Fehr.example%2Ffhir');
    page = render(<LaunchPage />);
    const { box } = page;
    await waitFor(
      () => box.textContent?.includes('The answer could not be read') === true,
      () => box.textContent ?? '',
    );
    button(box, 'Try again')?.click();
    await waitFor(
      () => asked === 2 && box.textContent?.includes('could not be read') === true,
      () => box.textContent ?? '',
    );
  });

  it('comes back to a problem page when the service’s answer is none, with a way to sign in again', async () => {
    keepIssuer('https://ehr.example/fhir');
    browseTo({ origin: 'http://127.0.0.1:9' }, () => answering('POST', '/smart/callback', 'a page of HTML'));
    history.replaceState(null, '', '/callback?code=c1&state=s1');
    page = render(<CallbackPage onSignedIn={() => expect.fail('signed in')} />);
    const { box } = page;
    await waitFor(
      () => box.textContent?.includes('The answer could not be read') === true,
      () => box.textContent ?? '',
    );
    expect(button(box, 'Sign in again')).toBeDefined();
  });
});
