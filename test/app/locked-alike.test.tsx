import { describe, expect, it } from 'vitest';
import { stuckWords } from '../../smart-app/src/words/stuck-words.ts';
import { stuckLockWords } from '../../smart-app/src/words/unlock-words.ts';
import { saidDone } from '../../src/homework/log/told-not-done.ts';
import type {
  AnswerItem,
  Assignment,
  PlanState,
  Schedule,
  UnlockCriterion,
  UnlockRule,
} from '../../src/homework/model.ts';
import { reportedSteps } from '../../src/homework/report/report-content.ts';
import { nextLines } from '../../src/homework/report/report-next.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { answers } from '../homework/build-plan.ts';
import { homeworkOf } from './homework-of.ts';
import { now, place } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { showPlan } from './show-plan.ts';

/** Sarah's 4a stands one way or the other, and 4b waits behind it: page and note tell one cause, and one way out. */
const base = readFixture<PlanState>('sarah-at-the-visit');
const said = (log: PlanState['logs'][number]) =>
  saidDone(log, (questionnaire) => registeredKinds.version(questionnaire).behaviourLinkId);

type Stands = Pick<Assignment, 'status' | 'businessStatus'>;
const before: readonly Stands[] = [
  { status: 'completed', businessStatus: 'done' },
  { status: 'completed', businessStatus: 'late' },
  { status: 'failed', businessStatus: 'missed' },
  { status: 'rejected', businessStatus: 'declined' },
  { status: 'cancelled', businessStatus: 'stopped-by-patient' },
  { status: 'cancelled', businessStatus: 'withdrawn' },
  { status: 'in-progress', businessStatus: 'overdue' },
];
const criteria: readonly UnlockCriterion[] = [
  { type: 'behaviour-done' },
  { type: 'logs-done', count: 1 },
  { type: 'measure-reached', linkId: 'belief-after', comparator: '<=', value: 5 },
  { type: 'measure-fell', linkId: 'suds-peak', by: 90 },
  { type: 'clinician-approves' },
];
const event = { type: 'event', event: 'meeting', count: 2, text: 'next two meetings' } as const;
const schedules: readonly Schedule[] = [
  { type: 'once', by: '2026-03-24' },
  { type: 'once', by: '2026-03-25' },
  { ...event, window: { start: '2026-03-16', end: '2026-03-23' } },
  { ...event, window: { start: '2026-03-16', end: '2026-04-03' } },
  { type: 'once-within', days: 7 },
];
const did: readonly (readonly AnswerItem[])[] = [
  answers({ practised: true }),
  answers({ practised: false }),
  answers({ 'what-was-said': 'hm' }),
];
const rules: readonly UnlockRule[] = [
  ...criteria.map((criterion) => ({ type: 'after', after: '4a', criterion }) as const),
  { type: 'by-clinician' },
];

function planOf(stands: Stands, unlock: UnlockRule, schedule: Schedule, items: readonly AnswerItem[]): PlanState {
  const [first, second] = ['4a', '4b'].map((key) => base.assignments.find((step) => step.key === key)?.id);
  const assignments = base.assignments.flatMap((step): Assignment[] => {
    if (step.id === first) return [{ ...step, ...stands }];
    if (step.id !== second) return step.step < 5 ? [step] : [];
    const { unlockedAt: _at, unlocked: _how, endedAt: _end, statusReason: _why, ...rest } = step;
    const schedules = [{ schedule, from: rest.authoredOn }];
    return [{ ...rest, status: 'draft', businessStatus: 'locked', unlock, schedules }];
  });
  const ids = assignments.map(({ id }) => id);
  return {
    ...base,
    assignments,
    occurrences: base.occurrences.filter(({ assignmentId }) => ids.includes(assignmentId) && assignmentId !== second),
    logs: base.logs.flatMap((log) =>
      log.assignmentId === first ? [{ ...log, items }] : log.assignmentId === second ? [] : [log],
    ),
  };
}

/** What is told, whatever the words around it. */
function told(words: string) {
  const has = (pattern: RegExp) => pattern.test(words);
  return {
    ownDay: /its own day, \w+, (?:\d+ )?(?:Mar )?(\d+)?/.exec(words)?.[0],
    notDone: has(/step 4a was logged, but not done/),
    didNotOpen: has(/step 4a is over and did not open it/),
    ended: /step 4a (?:is|was) (missed|declined|stopped by the patient|withdrawn)/.exec(words)?.[1],
    newDay: has(/only by hand now, with a new day/),
    byHandAlone: has(/only by hand now/),
    orByHand: has(/or by hand/),
  };
}

const cases = before.flatMap((stands) =>
  rules.flatMap((unlock) => schedules.flatMap((schedule) => did.map((items) => ({ stands, unlock, schedule, items })))),
);

describe('why a step stays locked', () => {
  it('is the same on the page and in the note, of each step before, rule, day and answer', () => {
    const seen = new Set<string>();
    for (const { stands, unlock, schedule, items } of cases) {
      const state = planOf(stands, unlock, schedule, items);
      const view = showPlan(state, { now, reader: 'clinician', ledger: [] });
      const homework = homeworkOf([view], { now });
      const step = view.assignments.find(({ key }) => key === '4b');
      if (step === undefined) throw new Error('no step 4b');
      const words = stuckWords(homework, view, step, place);
      const line = nextLines(state, reportedSteps(state), { said, at: now }).find((one) => one.startsWith('4b '));
      const note = told(line ?? '');
      const page = told(words === undefined ? '' : `${words.why}. ${words.opens ?? stuckLockWords(view, step, place)}`);
      expect(note, JSON.stringify({ stands, unlock, schedule, words, line })).toEqual(page);
      seen.add(JSON.stringify({ ...page, ownDay: page.ownDay !== undefined }));
    }
    // each cause, each way out and their pairs came up
    expect(seen.size).toBeGreaterThan(10);
  });
});
