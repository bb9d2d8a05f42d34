import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(() => view?.close());

// what was missed, and nobody said why
const [sarah] = situations.atTheVisit.plans;
const plans = [{ ...sarah, barriers: [] }];

it.each([
  ['lives', undefined, 'No reason is known yet. Worth asking.'],
  ['has died', { state: 'current', confirmed: false, deceased: {} }, 'No reason is known.'],
  [
    'has died, the EHR says when',
    { state: 'current', confirmed: false, deceased: { at: '2026-03-24T00:00:00.000Z' } },
    'No reason is known.',
  ],
] as const)('of what was missed by one who %s nothing is asked for that is too late', async (_who, standing, words) => {
  view = await openView({ ...situations.atTheVisit, plans, ...(standing === undefined ? {} : { standing }) } as never);
  const { shown, text, until } = view;
  await until(() => shown.box.querySelector('.not-done-item') !== null);
  const said = [...shown.box.querySelectorAll('.not-done-item .quiet')].map(({ textContent }) => textContent);
  expect(said).toContain(words);
  expect(text().includes('Worth asking')).toBe(standing === undefined);
});

it.each([
  ['clinician', undefined],
  ['clinician', { state: 'current', confirmed: false, deceased: {} }],
  ['coordinator', undefined],
  ['coordinator', { state: 'current', confirmed: false, deceased: { at: '2026-03-24T00:00:00.000Z' } }],
] as const)(
  'a %s is asked for a worry about safety only while the EHR holds the patient as living: %o',
  async (role, standing) => {
    const { roster } = situations.coordinator;
    const more = { ...(role === 'coordinator' && { role, roster }), ...(standing !== undefined && { standing }) };
    view = await openView({ ...situations.atTheVisit, ...more } as never);
    const { shown, text, press, until } = view;
    if (role === 'coordinator') await press(`Open ${roster[0]?.name}`);
    await until(() => shown.box.querySelector('.not-done-item, .needs-care') !== null);
    expect(text().includes('Worried about this patient’s safety?')).toBe(standing === undefined);
  },
);

it.each([
  ['is as usual', undefined],
  ['has a record that says that they have died', { state: 'current', confirmed: false, deceased: {} }],
] as const)('a patient who %s is asked for what is due, or for nothing', async (_who, standing) => {
  await import('../../smart-app/src/patient/own-standing.tsx');
  view = await openView({ ...situations.firstDay, ...(standing === undefined ? {} : { standing }) } as never);
  const { shown, text, until } = view;
  await until(() => shown.box.querySelector('h1')?.textContent?.startsWith('Hello') === true);
  const asked = standing === undefined;
  expect(text().includes('One thing to do.')).toBe(asked);
  expect(shown.box.querySelectorAll('.due-card').length > 0).toBe(asked);
  // few have a record that says so; by now it is here, and so only the living are not told
  if (!asked) await until(() => text().includes('Please call your clinic'));
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(text().includes('Please call your clinic')).toBe(!asked);
  expect(text()).not.toMatch(/died|No homework/);
});
