import type { SafetyView } from '../../../src/contract/app/safety.ts';
import type { Assignment, Barrier, Feedback, Log, Occurrence, PlanState } from '../../../src/homework/model.ts';
import type { Situation } from '../../app/fake-service.ts';
import { newerPlan, situations } from '../../app/situations.ts';
import { pressFirst, type State } from '../view-states.ts';

const { atTheVisit, safetyOpen } = situations;
const [sarah] = atTheVisit.plans;
const plan = sarah as PlanState;
const byKey = (key: string): Assignment => {
  const step = plan.assignments.find((assignment) => assignment.key === key);
  if (step === undefined) throw new Error(`Sarah has no step ${key}`);
  return step;
};
const dayMs = 86_400_000;
const visit = Date.parse(atTheVisit.now);
const daysAgo = (days: number): string => new Date(visit - days * dayMs).toISOString();
/** The first day of a plan, as its clinician sees it. */
const firstDayOfClinician: Situation = { ...situations.firstDay, role: 'clinician' };
const letters = 'Ω'.repeat(240);
const arabic = 'كنت خائفة جدًا من أن يعارضني أحد أمام الفريق كله، ولم أستطع أن أقول ما كنت أفكر فيه طوال الأسبوع';

/** Many logs of one step, each with a rating that comes down slowly; some without one. */
function logsOf(count: number): readonly Log[] {
  const [first] = plan.logs;
  if (first === undefined) throw new Error('Sarah has logs');
  return Array.from({ length: count }, (_, index): Log => {
    const at = daysAgo(13 - index * 0.9);
    return {
      ...first,
      ...{ id: `5a7a1000-0000-4000-8000-0000000008${String(index).padStart(2, '0')}`, performedAt: at, authored: at },
      items: first.items.flatMap((item) => {
        if (item.linkId !== 'belief-after' && item.linkId !== 'belief-before') return [item];
        if (index === 5) return [];
        const value = 90 - index * 3 - (item.linkId === 'belief-after' ? 5 : 0);
        return [{ ...item, answers: [{ type: 'integer' as const, value }] }];
      }),
    };
  });
}

/** Thirty steps, each logged once, the last one missed and the next one stuck behind it. */
function thirtySteps(): PlanState {
  const [first] = plan.logs;
  const [done, stuck] = [byKey('1'), byKey('4c')];
  const assignments = Array.from({ length: 30 }, (_, index): Assignment => {
    const of = index < 28 ? done : index === 28 ? byKey('4b') : stuck;
    const unlock =
      index === 29
        ? ({ type: 'after', after: '29', criterion: { type: 'behaviour-done' } } as const)
        : ({ type: 'at-start' } as const);
    return {
      ...of,
      ...{
        id: `step-${index + 1}`,
        key: `${index + 1}`,
        step: index + 1,
        title: `Rung ${index + 1} of the ladder`,
        unlock,
      },
    };
  });
  const logs = Array.from({ length: 28 }, (_, index): Log => {
    const at = daysAgo(40 - index * 1.4);
    const items = (first?.items ?? []).map((item) =>
      item.linkId.startsWith('belief')
        ? { ...item, answers: [{ type: 'integer' as const, value: 40 + ((index * 37) % 50) }] }
        : item,
    );
    return {
      ...(first as Log),
      ...{ id: `log-${index}`, assignmentId: `step-${index + 1}`, performedAt: at, authored: at, items },
    };
  });
  const occurrences = plan.occurrences
    .filter(({ assignmentId }) => assignmentId === byKey('4b').id)
    .map((occurrence): Occurrence => ({ ...occurrence, assignmentId: 'step-29' }));
  return { ...plan, assignments, logs, occurrences, barriers: [], feedback: [] };
}

/** The same with its words as long as they may be, and in a script from right to left. */
function inOtherWords(of: PlanState, words: string): PlanState {
  return {
    ...of,
    plan: { ...of.plan, title: words },
    assignments: of.assignments.map((assignment) => ({ ...assignment, title: words })),
    barriers: of.barriers.map((barrier): Barrier => ({ ...barrier, text: `${words} ${words} ${words}` })),
    feedback: of.feedback.map(
      (feedback): Feedback => ({ ...feedback, text: `${words}\n${words}\n${words}\n${words}` }),
    ),
    logs: of.logs.map((log) => ({
      ...log,
      items: log.items.map((item) => ({
        ...item,
        answers: item.answers.map((answer) => (answer.type === 'string' ? { ...answer, value: words } : answer)),
      })),
    })),
  } as PlanState;
}

const declined: PlanState = {
  ...plan,
  assignments: plan.assignments.map((assignment) =>
    assignment.key === '4b' ? { ...assignment, status: 'rejected', businessStatus: 'declined' } : assignment,
  ),
  occurrences: plan.occurrences.filter(({ assignmentId }) => assignmentId !== byKey('4b').id),
};

const withheld: PlanState = {
  ...plan,
  logs: plan.logs.map((log) => ({ ...log, withheld: log.items.map(({ linkId }) => linkId) })),
};

const onlyDrafts: PlanState = {
  ...newerPlan,
  logs: plan.logs.slice(0, 1).map((log) => ({
    ...log,
    ...{ planId: newerPlan.plan.id, assignmentId: newerPlan.assignments[0]?.id ?? '', status: 'in-progress' as const },
  })),
};

/** Another plan of hers with the same steps and ratings, made twenty days ago. */
const atDinner: PlanState = (() => {
  const state: PlanState = JSON.parse(JSON.stringify(plan).replaceAll('5a7a1000-', '5a7a3000-'));
  return {
    ...state,
    plan: { ...state.plan, title: 'At the dinner table', createdAt: daysAgo(20) },
    logs: state.logs.slice(0, 4),
    ...{ barriers: [], feedback: [] },
  };
})();

const oneLog: PlanState = { ...plan, logs: plan.logs.slice(5, 6), barriers: [], feedback: [] };

const { open: _noneOpen, ...route }: SafetyView = safetyOpen.safety;
const at = (plans: readonly PlanState[], more: Partial<Situation> = {}): Situation => ({
  ...atTheVisit,
  plans,
  ...more,
});

/** Every hard state of the first page, by what is seen in it. */
export const firstPageStates = {
  'Sarah at the visit': { situation: atTheVisit, sees: 'Unlock step 4c' },
  'two plans, with trouble in the older one': { situation: at([newerPlan, plan]), sees: /Both plans: / },
  'two plans with the same measure': {
    situation: at([atDinner, plan]),
    sees: 'At the dinner table',
  },
  'thirty steps': { situation: at([thirtySteps()]), sees: 'Unlock step 30' },
  'fourteen logs': { situation: at([{ ...plan, logs: logsOf(14) }]), sees: 'Show all 14 logs' },
  'fourteen logs, all shown': {
    situation: at([{ ...plan, logs: logsOf(14) }]),
    go: (page) => pressFirst(page, 'Show all 14 logs'),
    sees: 'What was done',
  },
  'one log': { situation: at([oneLog]), sees: 'One log' },
  'a step that was declined': { situation: at([declined]), sees: 'Declined' },
  'everything withheld': { situation: at([withheld]), sees: 'kept private by the patient' },
  'nothing due': { situation: firstDayOfClinician, sees: 'Nothing was due in this time' },
  'done before its day': { situation: at([newerPlan]), sees: 'Everything that was due was done' },
  'only drafts': { situation: at([onlyDrafts]), sees: 'Nothing has been logged in this time' },
  'a crisis is open': { situation: safetyOpen, sees: /Nothing unlocks while a safety signal is open/ },
  'read only': { situation: at([plan], { canWrite: false }), sees: 'Its clinician can unlock it' },
  'a plan that is over': {
    situation: at([{ ...plan, plan: { ...plan.plan, status: 'completed', closedAt: daysAgo(1) } }], {
      safety: { ...route, open: [] },
    }),
    sees: 'A message from the patient',
  },
  'words from right to left': { situation: at([inOtherWords(plan, arabic)]), sees: 'In the way of step 4b' },
  'words of 240 letters': { situation: at([inOtherWords(plan, letters)]), sees: 'In the way of step 4b' },
  unlocking: {
    situation: atTheVisit,
    go: (page) => pressFirst(page, 'Unlock step 4c'),
    sees: 'The patient sees it at once',
  },
  answering: { situation: atTheVisit, go: (page) => pressFirst(page, /^Answer/), sees: 'Answer the patient' },
  'a value of a chart': {
    situation: atTheVisit,
    async go(page) {
      await page.getByRole('slider').first().focus();
      await page.keyboard.press('ArrowLeft');
    },
    sees: /^Tue, Mar 17/,
  },
  'talked over': {
    situation: atTheVisit,
    go: (page) => pressFirst(page, /^Talked over/),
    sees: 'Talked over: “Afraid of being contradicted in front of the team”',
  },
} as const satisfies Readonly<Record<string, State>>;
