import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, PlanState, UnlockRule } from '../model.ts';
import { invalidRequest, refuseClosedPlan } from '../replace-in-state.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import type { Sent } from '../told.ts';
import { checkRule } from './check-rule.ts';
import type { DesignAssignment } from './design.ts';
import { newStep } from './new-step.ts';
import type { OwnForm } from './own-form.ts';
import { placeStep } from './place-step.ts';
import { sameValue } from './same-value.ts';
import { scheduleWithin } from './schedule-within.ts';
import { wordsAfter } from './step-words.ts';
import { sweep } from './sweep.ts';

/** A step that a plan is given while it runs; `step` is its place in the order, absent: the last. */
export interface AddStep extends DesignAssignment, Sent {}

/**
 * Puts another step into a plan; those behind its place move on by one. It is locked, and opens by its rule like any other. The same
 * step again, by its key and as it was first given, is no second one, whatever has become of it or of the plan.
 * @throws IntersessionError `plan-closed`; `schedule-never-occurs`, `invalid-request` naming the field
 */
export function addStep(state: PlanState, command: AddStep, at: Instant, rules: HomeworkRules): PlanState {
  const now = sweep(state, at, rules);
  const known = now.assignments.find(({ key, id }) => key === command.key || id === command.id);
  if (known !== undefined && isTheSame(known, command)) return now;
  refuseClosedPlan(state);
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
  const { key, title, lateGraceHours } = step;
  if (key.trim() === '') throw invalidRequest(`${prefix}key`, 'is empty');
  if (title.trim() === '') throw invalidRequest(`${prefix}title`, 'is empty');
  if (!Number.isFinite(lateGraceHours) || lateGraceHours < 0)
    throw invalidRequest(`${prefix}lateGraceHours`, 'must be 0 or more');
  checkSchedule(step.schedule, `${prefix}schedule`, scheduleWithin(state, rules), at);
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

/** Whether it is that step as it was given: a rule that went with another step, or words that were changed since, are of no matter. */
export function isTheSame(
  known: Assignment,
  given: Omit<AddStep, 'unlock' | 'step'> & Partial<Pick<AddStep, 'unlock'>>,
): boolean {
  const { key, kind, lateGraceHours, schedules } = known;
  const unlock = ruleAtFirst(known);
  const first = { key, kind, lateGraceHours, ...wordsAfter(known, 0), schedule: schedules[0]?.schedule, unlock };
  const { title, instructions, rationale, schedule } = given;
  const again = { ...{ key: given.key, kind: given.kind, lateGraceHours: given.lateGraceHours, title, schedule } };
  const words = defined({ instructions, rationale });
  const form = sameForm(known.forms?.[0], given.forms?.[0]);
  return form && sameValue(first, { ...again, ...words, unlock: given.unlock ?? unlock });
}

/** The rule that a step was first given, whatever was made of it since. */
export function ruleAtFirst({ changes = [], unlock }: Assignment): UnlockRule {
  return changes.find((change) => change.unlock !== undefined)?.unlock?.from ?? unlock;
}

/** Whether the same was chosen; each was first asked for when its step was given. */
function sameForm(one: OwnForm | undefined, other: OwnForm | undefined): boolean {
  const chosen = ({ settings, own, base }: Partial<OwnForm> = {}) => ({ settings, own, base });
  return sameValue(chosen(one), chosen(other));
}
