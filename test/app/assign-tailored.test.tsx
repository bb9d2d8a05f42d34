import { afterEach, expect, it } from 'vitest';
import { canonicalOf } from '../../src/kinds/canonical-of.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { libraryPlans } from '../../src/kinds/library/registry.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import type { Situation } from './fake-service.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { choose, click, type } from './render.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

async function tailoring(more: Partial<Situation> = {}): Promise<OpenedView> {
  const opened = await openView({ ...situations.noPlanYet, ...more }, { name: 'assign' });
  view = opened;
  expect(opened.shown).toBeDefined();
  await opened.until(() => opened.text().includes('Assign “Speaking up in meetings”'));
  return opened;
}
const field = (opened: OpenedView, words: string, step: number) => {
  const labels = [...opened.shown.box.querySelectorAll('.tailor')][step - 1]?.querySelectorAll('label') ?? [];
  const id = [...labels].find(({ textContent }) => textContent?.includes(words))?.htmlFor ?? '';
  return opened.shown.box.querySelector(`[id="${id}"]`) as HTMLInputElement | null;
};

it('fewer meetings change title, instructions and the rule of the next step together, on the page and in the plan', async () => {
  const opened = await tailoring();
  expect(opened.text()).toContain('Step 1: Notice what happens in three meetings');
  expect(opened.text()).toContain('Opens once step 1 has been logged 3 times');
  type(field(opened, 'How many team meetings', 1), '2');
  expect(opened.text()).toContain('Step 1: Notice what happens in two meetings');
  expect(opened.text()).toContain('Opens once step 1 has been logged 2 times');
  expect(opened.text()).not.toContain('three meetings');
  expect(field(opened, 'Title', 1)?.value).toBe('Notice what happens in two meetings');
  expect(field(opened, 'What to do', 1)?.value).toContain('In your next two team meetings');
  await opened.press('Assign to');
  await opened.until(() => opened.service.plans().length === 1);
  const [first, second] = opened.service.plans()[0]?.assignments ?? [];
  expect(first).toMatchObject({ title: 'Notice what happens in two meetings', businessStatus: 'assigned' });
  expect(first?.schedules[0]?.schedule).toMatchObject({ count: 2, text: 'next two team meetings' });
  expect(second?.unlock).toMatchObject({ after: '1', criterion: { type: 'logs-done', count: 2 } });
});

it('words of one’s own stay when the number changes', async () => {
  const opened = await tailoring();
  type(field(opened, 'Title', 1), 'Just notice');
  type(field(opened, 'How many team meetings', 1), '1');
  expect(opened.text()).toContain('Step 1: Just notice');
  expect(opened.text()).toContain('Opens once step 1 has been logged');
  expect(field(opened, 'What to do', 1)?.value).toContain('In your next team meeting, note');
});

/** The library as it is with the newest form of each kind: that of the third step has something to choose. */
const newestForms = libraryPlans.map((plan) => ({
  ...plan,
  steps: plan.steps.map((step) => ({
    ...step,
    questionnaire: canonicalOf(currentVersion(registeredKinds.kind(step.kind)).questionnaire),
  })),
}));
const orders = (opened: OpenedView) =>
  opened.service.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/plans'));

it('what a form asks can be the patient’s own from the beginning', async () => {
  const opened = await tailoring({ libraryPlans: newestForms });
  const box = field(opened, 'The patient stays', 3);
  expect(box?.value).toBe('agreed');
  // a step whose form has nothing to choose shows nothing of it
  expect(field(opened, 'The patient stays', 1)).toBeNull();
  choose(box, 'known');
  expect(opened.shown.box.querySelectorAll('.tailor')[2]?.textContent).toContain('Changed: what is asked');
  await opened.press('Assign to');
  await opened.until(() => opened.service.plans().length === 1);
  const [sent] = orders(opened);
  expect(sent?.body).toMatchObject({ tailor: { 3: { form: { settings: { ends: 'known' } } } } });
});

it('a step that is left out takes its form along', async () => {
  const opened = await tailoring({ libraryPlans: newestForms });
  choose(field(opened, 'The patient stays', 3), 'known');
  const use = [...opened.shown.box.querySelectorAll('.tailor')].map((step) => step.querySelector('.check input'));
  // from the last: what another opens after stays in
  for (const at of [5, 4, 3, 2]) click(use[at] ?? null);
  expect(opened.shown.box.querySelectorAll('.tailor')[2]?.textContent).toContain('Left out');
  await opened.press('Assign to');
  await opened.until(() => opened.service.plans().length === 1);
  const [sent] = orders(opened);
  expect(sent?.body).toMatchObject({ tailor: { 3: { omit: true } } });
  expect(JSON.stringify(sent?.body)).not.toContain('known');
});
