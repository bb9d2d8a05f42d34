import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { EhrReference, Instant, LocalDate, Plan, PlanState } from '../model.ts';
import { invalidRequest, refuseClosedPlan } from '../replace-in-state.ts';
import { dayOf, isLocalDate } from '../schedule/day-end.ts';
import { lastDayOf, scheduleOf } from '../schedule/schedule-of.ts';
import type { Sent } from '../told.ts';
import { isEnded } from './is-ended.ts';
import { keptDaysOff } from './kept-days-off.ts';
import type { DaysOff, PlanChange } from './plan.ts';
import { refuseStalePlan } from './refuse-stale.ts';
import { sameValue } from './same-value.ts';
import { sweep } from './sweep.ts';

/** What a running plan is to be called, when it ends and when nothing is asked; what is absent stays as it is. */
export interface ChangePlanWords extends Sent {
  /** The revision (`planRevision`) that whoever asks has read. */
  readonly basedOn: number;
  readonly by?: EhrReference;
  readonly reason?: string;
  readonly title?: string;
  readonly description?: string;
  /** Its last day; null: it runs without an end. */
  readonly end?: LocalDate | null;
  /** Words of its goals, by their ids. */
  readonly goals?: readonly { readonly id: string; readonly description: string }[];
  /** All days off, in place of those there were; what of those is past stays. */
  readonly daysOff?: readonly DaysOff[];
}

/**
 * Changes the words of a plan and of its goals, its last day and its days off, from now on. What is so already changes nothing, also of a
 * plan that is closed.
 * @throws IntersessionError `version-conflict` when it was changed since it was read; `plan-closed`; `invalid-request` naming the field
 */
export function changePlanWords(
  given: PlanState,
  command: ChangePlanWords,
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  const { basedOn, by, reason, via, title, description, end, goals = [], daysOff } = command;
  // what has come by now came by the plan as it was
  const state = sweep(given, at, rules);
  const { plan } = state;
  for (const [field, words] of Object.entries({ title, description }))
    if (words?.trim() === '') throw invalidRequest(field, 'is empty');
  goals.forEach(({ id, description: words }, index) => {
    if (!plan.goals.some((goal) => goal.id === id))
      throw invalidRequest(`goals[${index}].id`, 'is no goal of this plan');
    if (words.trim() === '') throw invalidRequest(`goals[${index}].description`, 'is empty');
  });
  const { end: _was, ...period } = plan.period;
  const { daysOff: wereOff, ...rest } = plan;
  const today = dayOf(at, plan.timeZone);
  const areOff = daysOff === undefined ? wereOff : keptDaysOff(daysOff, { daysOff: wereOff, today });
  const became: Plan = {
    ...rest,
    ...defined({ daysOff: areOff }),
    ...defined({ title, description }),
    period: end === undefined ? plan.period : { ...period, ...defined({ end: end ?? undefined }) },
    goals: plan.goals.map((goal) => ({ ...goal, ...goals.findLast(({ id }) => id === goal.id) })),
  };
  if (sameValue(plan, became)) return state;
  refuseClosedPlan(state);
  refuseStalePlan(plan, basedOn);
  if (typeof end === 'string') checkEnd(state, end, at);
  const change: PlanChange = { at, ...defined({ by, reason, via }), ...whatChanged(plan, became) };
  return sweep({ ...state, plan: { ...became, changes: [...(plan.changes ?? []), change] } }, at, rules);
}

function checkEnd({ plan, assignments }: PlanState, end: LocalDate, at: Instant): void {
  if (!isLocalDate(end)) throw invalidRequest('end', 'is not a day (YYYY-MM-DD)');
  if (end < plan.period.start) throw invalidRequest('end', 'is before the plan starts');
  if (end < dayOf(at, plan.timeZone)) throw invalidRequest('end', 'is in the past');
  const after = assignments.find((assignment) => {
    return !isEnded(assignment) && (lastDayOf(scheduleOf(assignment)) ?? '') > end;
  });
  if (after !== undefined) throw invalidRequest('end', `is before the last day of step ${after.key}`);
}

function whatChanged(was: Plan, is: Plan): Omit<PlanChange, 'at'> {
  const changed = (from: string | undefined, to: string | undefined) =>
    from === to ? undefined : defined({ from, to });
  const goals = is.goals.flatMap(({ id, description: to }) => {
    const from = was.goals.find((goal) => goal.id === id)?.description;
    return from === to ? [] : [{ id, ...defined({ from }), to }];
  });
  return {
    ...defined({
      title: changed(was.title, is.title),
      description: changed(was.description, is.description),
      end: changed(was.period.end, is.period.end),
    }),
    ...(goals.length === 0 ? {} : { goals }),
    ...(sameValue(was.daysOff ?? [], is.daysOff ?? [])
      ? {}
      : { daysOff: defined({ from: was.daysOff, to: is.daysOff }) }),
  };
}
