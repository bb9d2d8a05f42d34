import { expect } from 'vitest';
import type { Situation } from './fake-service.ts';
import { button, type OpenedView, type openView } from './open-view.tsx';
import { click, type } from './render.tsx';
import { situations } from './situations.ts';

export const cannotRead = 'Something answered in a way that this page does not understand';

/** Something that a person does, up to the call, and what is said when the answer is none. */
export interface Act {
  readonly name: string;
  readonly open: readonly [Parameters<typeof openView>[0], object?];
  readonly call: readonly [method: string, path: string];
  /** Does it, up to the call. */
  readonly act: (view: OpenedView) => Promise<void>;
  /** What is said then. */
  readonly says: string;
  /** What would say that it was done. */
  readonly never: string;
  /** Shapes that are right here. */
  readonly right?: readonly string[];
}

/** Her plan while it runs, as its clinician opens it. */
const running: Situation = { ...situations.atTheVisit, now: situations.firstDay.now, plans: situations.firstDay.plans };

/** Opens a form of the plan page by its button, or by the menu of a step or of the plan, and writes in its fields. */
async function inForm(
  { shown, press, until }: OpenedView,
  words: string,
  {
    of,
    fields,
    send,
  }: { readonly of?: string; readonly fields: Readonly<Record<string, string>>; readonly send: string },
): Promise<void> {
  if (of !== undefined) await press(`More for ${of}`);
  const entries = () => [...shown.box.querySelectorAll<HTMLElement>('button, [role="menuitem"]')];
  const entry = () => entries().find(({ textContent }) => textContent?.includes(words));
  await until(() => entry() !== undefined);
  click(entry() ?? null);
  const form = () => shown.box.querySelector('dialog form');
  await until(() => form() !== null);
  for (const [name, value] of Object.entries(fields)) {
    const label = [...shown.box.querySelectorAll('dialog label')].find(({ textContent }) =>
      textContent?.startsWith(name),
    );
    type(shown.box.querySelector(`[id="${label?.getAttribute('for')}"]`), value);
  }
  expect(button(form() ?? shown.box, send)?.type).toBe('submit');
  click(button(form() ?? shown.box, send) ?? null);
}

async function noteContact({ press, shown, until }: OpenedView, days: number): Promise<void> {
  await press('Note a contact');
  await until(() => shown.box.querySelector('#contact-note') !== null);
  type(shown.box.querySelector('#contact-note'), 'Reached her');
  click(shown.box.querySelectorAll('dialog input[type=radio]')[days === 0 ? 0 : 1] ?? null);
  await press('Save');
}

/** What is done in forms of the plan page and of the coordinator’s list. */
export const actsInForms: readonly Act[] = [
  {
    name: 'a step that is changed',
    open: [running, { name: 'plan' }],
    call: ['PATCH', '/app/v1/assignments/…'],
    act: (view) =>
      inForm(view, 'Change this step step 1', {
        of: 'step 1',
        fields: { 'How many times': '2' },
        send: 'Change this step',
      }),
    says: cannotRead,
    never: 'is changed.',
  },
  {
    name: 'a smaller step that is made',
    open: [situations.atTheVisit, { name: 'plan' }],
    call: ['POST', '/app/v1/assignments/…'],
    act: (view) =>
      inForm(view, 'Make a smaller step before step 4b', {
        fields: { Title: 'Say “I agree” once', 'Why?': 'Too big a jump' },
        send: 'Put it before',
      }),
    says: cannotRead,
    never: 'comes first now',
  },
  {
    name: 'a step that is added',
    open: [running, { name: 'plan' }],
    call: ['POST', '/app/v1/plans/…'],
    act: (view) =>
      inForm(view, 'Add a step', {
        of: 'this plan',
        fields: { Title: 'Notice your voice', 'What to do': 'Once, in any meeting.' },
        send: 'Add this step',
      }),
    says: cannotRead,
    never: 'sees it as something to do now',
  },
  {
    name: 'a plan that is changed',
    open: [running, { name: 'plan' }],
    call: ['PATCH', '/app/v1/plans/…'],
    act: (view) =>
      inForm(view, 'Change this plan', {
        of: 'this plan',
        fields: { 'Name of the plan': 'Speaking up at work' },
        send: 'Change this plan',
      }),
    says: cannotRead,
    never: 'The plan is changed.',
  },
  {
    name: 'a patient who is set aside',
    open: [situations.coordinator],
    call: ['POST', '/app/v1/contacts'],
    act: (view) => noteContact(view, 2),
    says: cannotRead,
    never: 'Set aside until Fri, Mar 27',
  },
  {
    name: 'a contact that is taken back',
    open: [situations.coordinator],
    call: ['DELETE', '/app/v1/contacts/…'],
    async act(view) {
      await noteContact(view, 0);
      await view.press('Undo');
    },
    says: cannotRead,
    never: 'The contact was taken back',
    right: ['status 204', 'no body'],
  },
  {
    name: 'a patient who is put back on the list',
    open: [situations.coordinator],
    call: ['POST', '/app/v1/contacts/…'],
    async act({ press }) {
      await press('Set aside');
      await press('Put back');
    },
    says: cannotRead,
    never: 'Back on the list',
    right: ['status 204', 'no body'],
  },
];
