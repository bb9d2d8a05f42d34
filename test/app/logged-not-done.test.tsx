import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LogsPage } from '../../smart-app/src/clinician/logs-page.tsx';
import { PlanPage } from '../../smart-app/src/clinician/plan-page.tsx';
import { loggedNotDone, logList, SincePage, whatChanged } from '../../smart-app/src/clinician/since-page.tsx';
import { staysWords } from '../../smart-app/src/clinician/what-stays.ts';
import { StepPage } from '../../smart-app/src/patient/step-page.tsx';
import { ThanksPage } from '../../smart-app/src/patient/thanks-page.tsx';
import { planPath, TodayPage } from '../../smart-app/src/patient/today-page.tsx';
import { belongsWords } from '../../smart-app/src/plan/where-a-log-belongs.ts';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { AnswerItem, PlanState } from '../../src/homework/model.ts';
import { addBarrier } from '../../src/homework/plan/add-barrier.ts';
import { answers } from '../homework/build-plan.ts';
import { rules } from './apply-write.ts';
import { homeworkOf } from './homework-of.ts';
import { now, PagesAround } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { type Rendered, render } from './render.tsx';
import { showPlan } from './show-plan.ts';

/**
 * Sarah's plan with her log of the colleague experiment (step 2), of the statement (3) or of the question (4a) answered otherwise: what
 * opened after it stands, unless it is locked here.
 */
const items = {
  '2': (did: boolean) => answers({ 'experiment-done': did, 'actual-outcome': 'I only thought it' }),
  '3': (did: boolean) => answers({ 'exposure-done': did, 'actual-outcome': 'I only thought it' }),
  '4a': (did: boolean) => answers({ practised: did, 'what-was-said': 'I only thought it' }),
} as const;
type Key = keyof typeof items;

const base = readFixture<PlanState>('sarah-at-the-visit');
const stepOf = (state: PlanState, key: string) => {
  const found = state.assignments.find((step) => step.key === key);
  if (found === undefined) throw new Error(`no step ${key}`);
  return found;
};
const logOf = (state: PlanState, key: string) => {
  const found = state.logs.find(({ assignmentId }) => assignmentId === stepOf(state, key).id);
  if (found === undefined) throw new Error(`no log of ${key}`);
  return found;
};

/** As it stands when her last log was of that step, and said so: what came after it has not come. */
function answered(
  key: Key,
  said: readonly AnswerItem[],
  withheld: readonly string[] = [],
  lockedBy = '2026-04-02',
): PlanState {
  const next = base.assignments.filter(({ step }) => step > stepOf(base, key).step).map(({ id }) => id);
  const log = logOf(base, key);
  return {
    ...base,
    assignments: base.assignments.map((step) => {
      if (!next.includes(step.id)) return step;
      const { unlockedAt: _at, unlocked: _how, endedAt: _end, statusReason: _why, ...rest } = step;
      const times = [{ schedule: { type: 'once', by: lockedBy } as const, from: rest.authoredOn }];
      return { ...rest, status: 'draft', businessStatus: 'locked', schedules: times };
    }),
    occurrences: base.occurrences.filter(({ assignmentId }) => !next.includes(assignmentId)),
    barriers: [],
    logs: base.logs
      .filter(({ assignmentId }) => !next.includes(assignmentId))
      .map((one) => (one.id === log.id ? { ...one, items: said, withheld } : one)),
  };
}

beforeAll(async () => {
  await Promise.all([whatChanged.fetch(), logList.fetch(), loggedNotDone.fetch(), planPath.fetch()]);
});

let rendered: Rendered | undefined;
afterEach(() => rendered?.leave());

function page(state: PlanState, what: React.ReactNode, reader: 'clinician' | 'patient' = 'clinician'): string {
  const view = showPlan(state, { now, reader, ledger: [] });
  const homework = homeworkOf([view], { now, safety: { open: [] } });
  rendered?.leave();
  rendered = render(
    <PagesAround homework={homework} view={view}>
      {what}
    </PagesAround>,
  );
  return (rendered.box.textContent ?? '').replace(/\s+/g, ' ');
}
const section = (id: string) => rendered?.box.querySelector(`section[aria-labelledby="${id}"]`)?.textContent ?? '';

describe.each(Object.keys(items) as Key[])('a log of step %s that says that it was not done', (key) => {
  const state = answered(key, items[key](false));
  const count = state.occurrences.filter(({ status }) => status === 'done' || status === 'late').length;

  it('stands on the first page under what was not done, and is counted as logged', () => {
    const text = page(state, <SincePage />);
    expect(text).toContain(
      `Logged of the plan: ${count} of ${count} that were due so far; 1 of these ${count} was logged as not done.`,
    );
    expect(section('not-done')).toContain('and answered that it was not done');
    expect(section('not-done')).toContain('I only thought it');
    expect(section('not-done')).toContain('No reason is known yet. Worth asking.');
    expect(section('done')).not.toContain(stepOf(state, key).title);
    expect(text).toContain(`stays locked, because step ${key} was logged, but not done`);
    expect(text).toContain('It opens once that has been done, or by hand.');
    expect(text).not.toMatch(/It opens only by hand|Everything that was due was done|Nothing stands out/);
  });

  it('is not done on the plan’s page and among the logs', () => {
    const plan = page(state, <PlanPage />);
    expect(plan).toContain(
      `logged ${count} of ${count} that were due so far; 1 of these ${count} was logged as not done`,
    );
    expect(plan).toContain('Logged, not done');
    expect(plan).toContain('1: logged, not done');
    expect(plan).toContain(
      `Stays locked, because step ${key} was logged, but not done. It opens once that has been done, or by hand.`,
    );
    page(state, <LogsPage />);
    const marked = [...(rendered?.box.querySelectorAll('.log-card') ?? [])].filter((card) =>
      card.querySelector('.card-top')?.textContent?.includes('not done'),
    );
    expect(marked).toHaveLength(1);
    expect(marked[0]?.textContent).toContain(stepOf(state, key).title);
  });

  it('is written about, where the patient reads it, and they can say what stood in the way', () => {
    const today = page(state, <TodayPage />, 'patient');
    expect(today).toContain(`You have written about ${count} of ${count} so far.`);
    expect(today).toContain('Written down, not done');
    expect(today).toContain('Say what stood in the way');
    const { id } = stepOf(state, key);
    const thanks = page(state, <ThanksPage assignmentId={id} logId={logOf(state, key).id} />, 'patient');
    expect(thanks).toContain('You have written about everything that was due so far.');
    expect(thanks).toContain('Say what stood in the way');
    expect(thanks).not.toMatch(/You have (now )?done/);
    expect(page(state, <StepPage assignmentId={id} />, 'patient')).toContain('Something is in the way');
    // once it is said nothing asks for it again, and the clinician reads it beside the log
    const command = { id: 'b', assignmentId: id, code: 'fear', text: 'They would laugh', saidBy: 'patient' } as const;
    const told = addBarrier(state, command, now);
    expect(page(told, <TodayPage />, 'patient')).not.toContain('Say what stood in the way');
    expect(page(told, <ThanksPage assignmentId={id} logId={logOf(state, key).id} />, 'patient')).not.toContain(
      'Say what stood in the way',
    );
    page(told, <SincePage />);
    expect(section('not-done')).toContain('They would laugh');
  });

  it('that is put right says done everywhere, and the next step is open', () => {
    const right = reviseLog(state, { logId: logOf(state, key).id, items: items[key](true) }, now, rules);
    const text = page(right, <SincePage />);
    expect(text).toContain(`Done of the plan: ${count} of ${count} that were due so far.`);
    expect(section('done')).toContain(stepOf(state, key).title);
    expect(text).not.toMatch(/was not done:|logged as not done|was logged, but not done/);
    expect(page(right, <PlanPage />)).not.toMatch(/[Ll]ogged[^.]*, not done/);
    expect(page(right, <TodayPage />, 'patient')).toContain(`You have done ${count} of ${count} so far.`);
  });

  it('is done once a log beyond what was planned says that it was', () => {
    const { id } = stepOf(state, key);
    const more = { id: 'more', assignmentId: id, performedAt: '2026-03-25T18:00:00.000Z', items: items[key](true) };
    const made = takeLog(
      state,
      { ...more, status: 'completed', source: { type: 'patient' }, withheld: [] },
      now,
      rules,
    ).state;
    const plan = page(made, <PlanPage />);
    expect(plan).not.toMatch(/Logged( late)?, not done/);
    // the planned time was not
    expect(plan).toContain('logged as not done');
  });
});

describe('what says nothing of it', () => {
  it.each<[string, PlanState]>([
    ['yes', answered('4a', items['4a'](true))],
    ['no answer', answered('4a', answers({ 'what-was-said': 'hm' }))],
    ['a no that is kept private', answered('4a', items['4a'](false), ['practised'])],
  ])('%s: the clinician’s pages say what they always said', (_, state) => {
    const text = page(state, <SincePage />) + page(state, <PlanPage />) + page(state, <LogsPage />);
    expect(text).toContain('Done of the plan: 6 of 6 that were due so far.');
    expect(text).not.toMatch(/answered that it was not done|logged as not done|Logged, not done|but not done/);
  });

  it('opens only by hand, when the day of what is locked is over', () => {
    const state = answered('4a', items['4a'](false), [], '2026-03-23');
    const words =
      /step 4a was logged, but not done, and its own day, [^.]*, is over\.? ?It opens only by hand now, with a new day\./;
    expect(page(state, <SincePage />)).toMatch(words);
    expect(page(state, <PlanPage />)).toMatch(words);
  });

  it('a step of which a clinician has said that it counts as done is done', () => {
    const state = answered('4a', items['4a'](false));
    // as `accept-as-done` leaves it, with or without a reason of the clinician's own
    const accepted = (reason: string): PlanState => ({
      ...state,
      assignments: state.assignments.map((step) =>
        step.key === '4a' ? { ...step, statusReason: { text: reason } } : step,
      ),
    });
    expect(page(state, <PlanPage />)).toContain('Logged, not done');
    for (const reason of ['accepted as done', 'She tried hard'])
      expect(page(accepted(reason), <PlanPage />)).not.toContain('Logged, not done');
  });
});

describe('where nobody looks into a log', () => {
  const view = showPlan(base, { now, reader: 'clinician', ledger: [] });
  const step = (key: string) => {
    const found = view.assignments.find((one) => one.key === key);
    return found ?? expect.fail(`no step ${key}`);
  };

  it('what a change leaves as it is was logged, which is not to say that it was done', () => {
    expect(staysWords(view, step('1'))).toBe('3 logged stay as they are, with the words they had.');
    expect(staysWords(view, step('4a'))).toBe('1 logged stays as it is, with the words it had.');
    expect(staysWords(view, step('4b'))).toBe('1 missed stays as it is, with the words it had.');
  });

  it('one more log is one beside what was logged', () => {
    const words = (key: string) => belongsWords({ resolution: 'extra' }, step(key));
    expect(words('1')).toBe('all that is asked for was logged already: it is kept as one more');
    expect(words('4a')).toBe('this was logged already: it is kept as one more');
  });

  it.each(['done', 'late'] as const)(
    'a dot of the patient’s says of one that is %s that it is written down',
    (status) => {
      const { id } = stepOf(base, '1');
      const own = base.occurrences.filter(({ assignmentId }) => assignmentId === id);
      const dueUntil = '2026-03-30T08:00:00.000Z';
      const state: PlanState = {
        ...base,
        assignments: base.assignments.map((one) =>
          one.id === id ? { ...one, status: 'in-progress', businessStatus: 'logging' } : one,
        ),
        occurrences: base.occurrences.map((time) =>
          time.assignmentId !== id
            ? time
            : time.id === own.at(-1)?.id
              ? { ...time, status: 'due', dueUntil, lateUntil: dueUntil }
              : { ...time, status },
        ),
      };
      page(state, <TodayPage />, 'patient');
      const dots = [...(rendered?.box.querySelectorAll('.due-card .dot') ?? [])].map(({ textContent }) => textContent);
      expect(dots).toEqual(['1: written down', '2: written down', expect.stringMatching(/^3: to do, due/)]);
    },
  );
});
