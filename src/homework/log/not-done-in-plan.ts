import type { HomeworkRules } from '../homework-rules.ts';
import type { Log, PlanState } from '../model.ts';
import { isLoggedNotDone, type LoggedNotDone, logsByTime, saidDone, stepNotDone } from './told-not-done.ts';

/** What of a plan counts as done because it was logged, while its logs say that it was not done. */
export interface NotDoneInPlan {
  /** Ids of such occurrences. */
  readonly times: ReadonlySet<string>;
  /** By id of an assignment that is over so. */
  readonly steps: ReadonlyMap<string, LoggedNotDone>;
  /** How many such times are in the adherence of an assignment or of the plan, by its id; absent: none. */
  readonly counted: ReadonlyMap<string, number>;
}

/** Nothing of a plan. */
export const noneNotDone: NotDoneInPlan = { times: new Set(), steps: new Map(), counted: new Map() };

/** What was logged and not done, time by time and step by step. What was made by mistake is not in the plan's count, as in its adherence. */
export function notDoneInPlan(
  { plan, assignments, occurrences, logs }: Pick<PlanState, 'plan' | 'assignments' | 'occurrences' | 'logs'>,
  behaviourLinkId: HomeworkRules['behaviourLinkId'],
): NotDoneInPlan {
  const said = (log: Log) => saidDone(log, behaviourLinkId);
  const logsOf = logsByTime(logs);
  const times = occurrences.filter((time) => isLoggedNotDone(time, logsOf.get(time.id) ?? [], said));
  const mistakes = new Set(assignments.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id));
  const counted = new Map<string, number>();
  for (const { assignmentId } of times) {
    if (mistakes.has(assignmentId)) continue;
    for (const id of [assignmentId, plan.id]) counted.set(id, (counted.get(id) ?? 0) + 1);
  }
  const steps = assignments.flatMap((assignment): [string, LoggedNotDone][] => {
    const found = stepNotDone(assignment, { occurrences, logs }, said);
    return found === undefined ? [] : [[assignment.id, found]];
  });
  return { times: new Set(times.map(({ id }) => id)), steps: new Map(steps), counted };
}
