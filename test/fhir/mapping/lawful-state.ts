import type { Assignment, Log, Occurrence, Plan, PlanState, Schedule } from '../../../src/homework/model.ts';
import type { RegisteredVersion } from '../../../src/kinds/kind-register.ts';
import fc from '../../fast-check.ts';
import { answersArbitrary } from '../../kinds/answers-arbitrary.ts';
import { anywhere, assignmentOf, logOf, occurrenceOf, planOf } from './arbitraries.ts';

/**
 * A plan with one step of that version of a kind, one occurrence and a log, as the product could have made them: what a reading
 * doesn't care for, our profiles do. Times are in their order, and what is said only of some states stands in those alone.
 */
export function lawfulStateOf({ kind, canonical, questionnaire }: RegisteredVersion): fc.Arbitrary<PlanState> {
  return planOf(anywhere)
    .map(lawfulPlan)
    .chain((plan) => fc.tuple(fc.constant(plan), assignmentOf(plan, anywhere)))
    .chain(([plan, drawn]) => {
      const step = { ...lawfulStep(drawn), kind: kind.slug, questionnaire: canonical };
      return fc
        .record({
          occurrence: occurrenceOf(step),
          log: logOf(step, anywhere),
          whole: answersArbitrary(questionnaire, { complete: true }),
          part: answersArbitrary(questionnaire, { complete: false }),
        })
        .map(({ occurrence, log, whole, part }): PlanState => {
          const isSent = log.status === 'completed' || log.status === 'amended';
          const told = lawfulLog({ ...log, items: isSent ? whole : part }, `${step.id}.1`);
          const nothing = { barriers: [], feedback: [], reports: [], openSafetySignals: 0 };
          const occurrences = [lawfulOccurrence(occurrence, log.id)];
          return { plan, assignments: [step], occurrences, logs: [told], ...nothing };
        });
    });
}

/** The earlier first. */
const inOrder = (one: string, other: string): readonly [string, string] => (one <= other ? [one, other] : [other, one]);

const ended: readonly Plan['status'][] = ['completed', 'revoked', 'entered-in-error'];

function lawfulPlan({ closedAt, closeReason, ...plan }: Plan): Plan {
  const { start, end } = plan.period;
  const [from, to] = inOrder(start, end ?? start);
  const closing = closedAt !== undefined && closeReason !== undefined ? { closedAt, closeReason } : {};
  return {
    ...plan,
    ...(ended.includes(plan.status) ? closing : {}),
    period: { start: from, ...(end !== undefined && { end: to }) },
    ...(plan.daysOff !== undefined && {
      daysOff: plan.daysOff.map((off) => {
        const [from, to] = inOrder(off.from, off.to);
        return { ...off, from, to };
      }),
    }),
  };
}

function lawfulStep({ pausedFrom, ...step }: Assignment): Assignment {
  const [authoredOn, lastModified] = inOrder(step.authoredOn, step.lastModified);
  return {
    ...step,
    ...(step.businessStatus === 'paused' && pausedFrom !== undefined && { pausedFrom }),
    ...{ authoredOn, lastModified },
    schedules: step.schedules.map((version) => ({ ...version, schedule: lawfulSchedule(version.schedule) })),
  };
}

function lawfulSchedule(schedule: Schedule): Schedule {
  if (schedule.type === 'event') {
    const [start, end] = inOrder(schedule.window.start, schedule.window.end);
    return { ...schedule, window: { start, end } };
  }
  if (schedule.type === 'series' && schedule.ends.type === 'on' && schedule.start !== undefined) {
    const [start, date] = inOrder(schedule.start, schedule.ends.date);
    return { ...schedule, start, ends: { type: 'on', date } };
  }
  return schedule;
}

function lawfulOccurrence({ logId, reason, ...occurrence }: Occurrence, answeredBy: string): Occurrence {
  const { status, openedAt, dueUntil, lateUntil, lastModified } = occurrence;
  const [opened = '', due = '', late = '', modified = ''] = [openedAt, dueUntil, lateUntil, lastModified].sort();
  return {
    ...occurrence,
    ...{ openedAt: opened, dueUntil: due, lateUntil: late, lastModified: modified },
    ...((status === 'done' || status === 'late') && { logId: logId ?? answeredBy }),
    ...(status === 'excused' && { reason: reason ?? 'Away' }),
  };
}

function lawfulLog({ predicted: _none, ...log }: Log, occurrenceId: string): Log {
  const isTied = log.resolution === 'resolved' || log.resolution === 'late';
  return {
    ...log,
    ...(isTied && { occurrenceId: log.occurrenceId ?? occurrenceId }),
    withheld: log.withheld.filter((linkId) => holds(log.items, linkId)),
  };
}

const holds = (items: Log['items'], linkId: string): boolean =>
  items.some((item) => item.linkId === linkId || holds(item.items, linkId));
