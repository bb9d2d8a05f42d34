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
  it.each([
    ['2026-03-24', true],
    ['2026-03-25', false],
    ['2026-04-12', false],
  ])('says so, by %s: %s', async (end, says) => {
    const text = await textOf(endsOn(end), { name: 'plan' }, new RegExp(atTheVisit.plans[0]?.plan.title ?? 'no plan'));
    expect(text.includes('The plan’s last day is over')).toBe(says);
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
    ['Clinician', 'words of Practitioner/dr-kim'],
    ['You', 'words of Practitioner/dr-okafor'],
  ]);
});
