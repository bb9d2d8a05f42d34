import { describe, expect, it } from 'vitest';
import { IntersessionError } from '../../../src/foundation/intersession-error.ts';
import { finishLog } from '../../../src/homework/log/finish-log.ts';
import { reviseLog } from '../../../src/homework/log/revise-log.ts';
import { checkPerformedAt, refuseClosed, type TakeLog, takeLog } from '../../../src/homework/log/take-log.ts';
import type { Assignment, Log, Plan, PlanState } from '../../../src/homework/model.ts';
import { aLog, rules } from '../build-plan.ts';
import { aRecord, aState, aStep, aTime, feb } from '../report/report-state.ts';

/** Code, fields and message, or `taken`. */
function refusalOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof IntersessionError) return [error.code, error.fields, error.message];
    throw error;
  }
  return 'taken';
}
const issue = (path: string, problem: string) => [
  'invalid-request',
  { issues: [{ path, problem }] },
  `${path} ${problem}`,
];
const closedPlan = (status: Plan['status']): Pick<PlanState, 'plan'> => {
  const { plan } = aState();
  return { plan: { ...plan, status, closedAt: feb(2) } };
};
const closed = (status: string) => ['plan-closed', { planId: 'p', status }, `the plan is ${status}`];
const locked = ['assignment-locked', { assignmentId: 'a1' }, 'the step is still locked'];
const stepClosed = (status: string) => [
  'assignment-closed',
  { assignmentId: 'a1', status },
  `the step takes no logs any more: ${status}`,
];

describe('when it happened', () => {
  it.each<[string, unknown]>([
    ['yesterday', issue('performedAt', 'is not a time')],
    // five minutes ahead of the clock at most
    ['2026-02-03T12:05:00.001Z', issue('performedAt', 'is in the future')],
    ['2026-02-03T12:05:00.000Z', 'taken'],
    // the plan's first day on the calendar of Berlin
    ['2026-01-31T22:59:59.999Z', issue('performedAt', 'is before the plan starts')],
    ['2026-01-31T23:00:00.000Z', 'taken'],
  ])('%s', (performedAt, expected) => {
    expect(refusalOf(() => checkPerformedAt(aState(), performedAt, feb(3)))).toEqual(expected);
  });

  it('is kept in one spelling', () => {
    expect(checkPerformedAt(aState(), '2026-02-03T12:30:00+01:00', feb(3))).toBe('2026-02-03T11:30:00.000Z');
  });
});

describe('a step', () => {
  it.each<[Assignment['status'], Assignment['businessStatus'], unknown]>([
    ['draft', 'locked', locked],
    ['requested', 'assigned', 'taken'],
    ['received', 'seen', 'taken'],
    ['accepted', 'agreed', 'taken'],
    ['in-progress', 'logging', 'taken'],
    ['on-hold', 'paused', 'taken'],
    ['completed', 'done', 'taken'],
    ['failed', 'missed', 'taken'],
    ['rejected', 'declined', stepClosed('declined')],
    ['cancelled', 'withdrawn', stepClosed('withdrawn')],
    ['entered-in-error', 'mistake', stepClosed('mistake')],
  ])('that is %s (%s)', (status, businessStatus, expected) => {
    expect(refusalOf(() => refuseClosed(aStep({ status, businessStatus })))).toEqual(expected);
  });
});

describe('a new log', () => {
  const take = (state: Partial<PlanState>, changes: Partial<TakeLog> = {}) =>
    refusalOf(() =>
      takeLog(
        aState({ occurrences: [aTime()], ...state }),
        aLog({ id: 'l1', assignmentId: 'a1', performedAt: feb(3), ...changes }),
        feb(3),
        rules,
      ),
    );
  const unknown = (artefact: string, id: string) => [
    'unknown-artefact',
    { artefact, id },
    `no ${artefact} has this id`,
  ];
  it.each<[string, unknown, unknown]>([
    ['of an unknown step', take({}, { assignmentId: 'a9' }), unknown('assignment', 'a9')],
    [
      'of an unknown step, in a closed plan',
      take(closedPlan('revoked'), { assignmentId: 'a9' }),
      unknown('assignment', 'a9'),
    ],
    ['in a completed plan', take(closedPlan('completed')), closed('completed')],
    ['in a revoked plan, with an id in use', take({ ...closedPlan('revoked'), logs: [aRecord()] }), closed('revoked')],
    ['with an id in use', take({ logs: [aRecord()] }), issue('id', 'is in use')],
    ['of the future', take({}, { performedAt: feb(4) }), issue('performedAt', 'is in the future')],
    ['of a locked step', take({ assignments: [aStep({ status: 'draft', unlock: { type: 'by-clinician' } })] }), locked],
    ['of an unknown time', take({}, { occurrenceId: 'x' }), unknown('occurrence', 'x')],
    ['as it should be', take({}), 'taken'],
  ])('%s', (_, refused, expected) => {
    expect(refused).toEqual(expected);
  });
});

describe('finishing a log', () => {
  const finish = (log: Partial<Log>, state: Partial<PlanState> = {}, command: { readonly performedAt?: string } = {}) =>
    refusalOf(() => finishLog(aState({ logs: [aRecord(log)], ...state }), { logId: 'l1', ...command }, feb(4), rules));
  const begun = { status: 'in-progress' } as const;
  it.each<[string, unknown, unknown]>([
    ['that is completed', finish({}), issue('logId', 'is completed, not in progress')],
    ['that is stopped', finish({ status: 'stopped' }), issue('logId', 'is stopped, not in progress')],
    ['in a closed plan', finish(begun, closedPlan('completed')), closed('completed')],
    ['that is completed, in a closed plan', finish({}, closedPlan('completed')), closed('completed')],
    [
      'of a locked step',
      finish(begun, { assignments: [aStep({ status: 'draft', unlock: { type: 'by-clinician' } })] }),
      locked,
    ],
    [
      'of a step that was withdrawn',
      finish(begun, { assignments: [aStep({ status: 'cancelled', businessStatus: 'withdrawn' })] }),
      stepClosed('withdrawn'),
    ],
    ['for the future', finish(begun, {}, { performedAt: feb(5) }), issue('performedAt', 'is in the future')],
    ['as it should be', finish(begun), 'taken'],
  ])('%s', (_, refused, expected) => {
    expect(refused).toEqual(expected);
  });
});

describe('saving or correcting a log', () => {
  const revise = (status: Log['status'], state: Partial<PlanState> = {}, performedAt?: string) =>
    refusalOf(() =>
      reviseLog(
        aState({ logs: [aRecord({ status })], ...state }),
        { logId: 'l1', items: [], ...(performedAt === undefined ? {} : { performedAt }) },
        feb(4),
        rules,
      ),
    );
  const never = (status: string) => [
    'invalid-request',
    { issues: [{ path: 'logId', problem: `is ${status}` }] },
    `a log that is ${status} can't be amended`,
  ];
  it.each<[string, unknown, unknown]>([
    ['that is stopped', revise('stopped'), never('stopped')],
    ['that was made by mistake', revise('entered-in-error'), never('entered-in-error')],
    ['that is begun, in a closed plan', revise('in-progress', closedPlan('completed')), closed('completed')],
    ['that is completed, in a closed plan', revise('completed', closedPlan('completed')), 'taken'],
    ['that is begun, for the future', revise('in-progress', {}, feb(5)), issue('performedAt', 'is in the future')],
    ['that is begun', revise('in-progress'), 'taken'],
    ['that is amended', revise('amended'), 'taken'],
  ])('%s', (_, refused, expected) => {
    expect(refused).toEqual(expected);
  });
});
