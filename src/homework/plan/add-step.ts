import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { invalidRequest, refuseClosedPlan } from '../replace-in-state.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import type { Sent } from '../told.ts';
import { checkRule } from './check-rule.ts';
import type { DesignAssignment } from './design.ts';
import { newStep } from './new-step.ts';
import { placeStep } from './place-step.ts';
import { sameValue } from './same-value.ts';
import { sweep } from './sweep.ts';

/** A step that a plan is given while it runs; `step` is its place in the order, absent: the last. */
export interface AddStep extends DesignAssignment, Sent {}

/**
 * Puts another step into a plan; those behind its place move on by one. It is locked, and opens by its rule like any other. The same
 * step again, by its key, is no second one.
 * @throws IntersessionError `plan-closed`; `schedule-never-occurs`, `invalid-request` naming the field
 */
export function addStep(state: PlanState, command: AddStep, at: Instant, rules: HomeworkRules): PlanState {
  refuseClosedPlan(state);
  const now = sweep(state, at, rules);
  const known = now.assignments.find(({ key, id }) => key === command.key || id === command.id);
  if (known !== undefined && isTheSame(known, command)) return now;
  if (known !== undefined) throw invalidRequest('key', 'is that of another step of this plan');
  checkStep(now, command, { at, rules });
  return sweep(withStep(now, command, at), at, rules);
}

/** Refuses a new step that cannot be carried out; `prefix` is where it stands in the command, `smaller.` */
export function checkStep(
  state: PlanState,
  step: AddStep,
  { at, rules, prefix = '' }: { readonly at: Instant; readonly rules: HomeworkRules; readonly prefix?: string },
): void {
  const { period, timeZone } = state.plan;
  const { key, title, lateGraceHours } = step;
  if (key.trim() === '') throw invalidRequest(`${prefix}key`, 'is empty');
  if (title.trim() === '') throw invalidRequest(`${prefix}title`, 'is empty');
  if (!Number.isFinite(lateGraceHours) || lateGraceHours < 0)
    throw invalidRequest(`${prefix}lateGraceHours`, 'must be 0 or more');
  checkSchedule(step.schedule, `${prefix}schedule`, { ...period, timeZone }, at);
  checkRule(state, step, { rules, isNew: true, prefix });
}

/** The state with this step at its place, locked. */
export function withStep(state: PlanState, command: AddStep, at: Instant): PlanState {
  const { step: place, via, ...design } = command;
  const last = state.assignments.reduce((highest, { step: number }) => Math.max(highest, number), 0) + 1;
  const added = newStep(design, { plan: state.plan, step: last, via, at });
  const longer = { ...state, assignments: [...state.assignments, added] };
  if (place === undefined || place >= last) return longer;
  return placeStep(longer, { assignmentId: added.id, place, isNew: true }, at);
}

function isTheSame(known: Assignment, { key, kind, title, schedule }: AddStep): boolean {
  const first = known.schedules[0]?.schedule ?? scheduleOf(known);
  const as = { key: known.key, kind: known.kind, title: known.title };
  return known.changes === undefined && sameValue(as, { key, kind, title }) && sameValue(first, schedule);
}
