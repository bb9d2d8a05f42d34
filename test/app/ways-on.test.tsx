import { afterEach, describe, expect, it } from 'vitest';
import type { AssignmentBusinessStatus, AssignmentStatus, PlanState } from '../../src/homework/model.ts';
import { type OpenedView, openView } from './open-view.tsx';
import { situations } from './situations.ts';

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const { atTheVisit, firstDay } = situations;

async function textOf(situation: Parameters<typeof openView>[0], page: object, heading: RegExp): Promise<string> {
  const opened = await openView(situation, page);
  view = opened;
  await opened.until(() => heading.test(opened.shown.box.querySelector('main h1')?.textContent ?? ''));
  return opened.text();
}

describe('a plan that runs past its last day', () => {
  const endsOn = (end: string) => ({
    ...atTheVisit,
    plans: (atTheVisit.plans as readonly PlanState[]).map((state) => ({
      ...state,
      plan: { ...state.plan, period: { ...state.plan.period, end } },
    })),
  });
  const title = atTheVisit.plans[0]?.plan.title ?? 'no plan';
  const cases = [
    ['2026-03-24', 'last day was Tue, Mar 24; it stays open until it is closed.'],
    ['2025-12-31', 'last day was Wed, Dec 31, 2025; it stays open until it is closed.'],
    // its very last day
    ['2026-03-25', undefined],
    ['2026-04-12', undefined],
  ] as const;
  it.each(cases)('says so beside its dates: %s', async (end, words) => {
    const text = await textOf(endsOn(end), { name: 'plan' }, new RegExp(title));
    expect(text.includes('last day')).toBe(words !== undefined);
    if (words !== undefined) expect(text).toContain(`Its ${words}`);
  });

  it.each(cases)('says so on the first page: %s', async (end, words) => {
    const text = await textOf(endsOn(end), { name: 'since' }, /Since/);
    expect(text.includes('last day')).toBe(words !== undefined);
    if (words !== undefined) expect(text).toContain(`${title}: its ${words}`);
  });

  it.each(cases)('says so to the patient, below what there is to do: %s', async (end, words) => {
    const text = await textOf({ ...endsOn(end), role: 'patient' }, { name: 'today' }, /Hello/);
    await view?.until(() => view?.shown.box.querySelector('.path') !== null);
    const path = view?.shown.box.querySelector('.path')?.textContent ?? text;
    expect(path.includes('last day')).toBe(words !== undefined);
    if (words !== undefined) expect(path).toContain(`Its ${words}`);
  });

  it.each(cases)('says so in the list: %s', async (lastDayOver, words) => {
    const [row] = situations.coordinator.roster;
    if (row === undefined) throw new Error('nobody on the list');
    const plans = row.plans.map((plan) => ({ ...plan, ...(words === undefined ? {} : { lastDayOver }) }));
    const opened = await openView({ ...situations.coordinator, roster: [{ ...row, plans }] });
    view = opened;
    await opened.until(() => opened.shown.box.querySelector('.roster-plans') !== null);
    const homework = opened.shown.box.querySelector('.roster-plans')?.textContent ?? '';
    expect(homework.includes('last day')).toBe(words !== undefined);
    if (words !== undefined) expect(homework).toContain(`Its ${words}`);
  });
});

describe('a step that the patient said no to', () => {
  const [plan] = firstDay.plans as readonly PlanState[];
  const first = plan?.assignments[0];
  it.each<[AssignmentStatus, AssignmentBusinessStatus, boolean]>([
    ['rejected', 'declined', true],
    ['cancelled', 'stopped-by-patient', true],
    ['requested', 'assigned', false],
  ])('%s, %s: says whom to tell, and has the way to', async (status, businessStatus, says) => {
    if (plan === undefined || first === undefined) throw new Error('there is a first step');
    const assignments = plan.assignments.map((step) => (step === first ? { ...step, status, businessStatus } : step));
    const situation = { ...firstDay, plans: [{ ...plan, assignments }] };
    const text = await textOf(situation, { name: 'step', assignmentId: first.id }, new RegExp(first.title));
    expect(text.includes('Changed your mind?')).toBe(says);
    expect(text).toContain('Something is in the way');
  });
});

it('one’s own message is one’s own, and a colleague’s is not', async () => {
  const [plan] = atTheVisit.plans as readonly PlanState[];
  const about = plan?.assignments[0]?.id;
  if (plan === undefined || about === undefined) throw new Error('Sarah has a plan');
  const message = { ...plan.feedback[0], assignmentId: about, planId: plan.plan.id, patientId: 'sarah' };
  const feedback = ['Practitioner/dr-okafor', 'Practitioner/dr-kim'].map((author, index) => ({
    ...{ ...message, id: `m${index}`, author, text: `words of ${author}`, sentAt: '2026-03-25T12:00:00.000Z' },
  }));
  const situation = { ...atTheVisit, plans: [{ ...plan, feedback }] } as unknown as Parameters<typeof openView>[0];
  await textOf(situation, { name: 'messages' }, /Messages/);
  const told = [...(view?.shown.box.querySelectorAll('.message') ?? [])].map((card) => [
    card.querySelector('strong')?.textContent,
    card.querySelector('.message-text')?.textContent,
  ]);
  expect(told.toSorted()).toEqual([
    ['Another clinician', 'words of Practitioner/dr-kim'],
    ['You', 'words of Practitioner/dr-okafor'],
  ]);
});
