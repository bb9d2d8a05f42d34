import { defined } from '../../foundation/defined.ts';
import type {
  Assignment,
  EhrReference,
  Instant,
  PlanState,
  Schedule,
  UnlockRule,
  VersionedCanonical,
} from '../model.ts';
import { assignmentById, occurrencesOf, withAssignment, withOccurrence } from '../replace-in-state.ts';
import { scheduleOf, withSchedule } from '../schedule/schedule-of.ts';
import { isFresh } from './is-fresh.ts';
import type { OwnForm } from './own-form.ts';
import { sameValue } from './same-value.ts';
import type { Changed, StepChange } from './step-change.ts';

/** What a step becomes; what is absent stays as it is. */
export interface StepBecomes {
  readonly title?: string;
  readonly instructions?: string;
  readonly rationale?: string;
  readonly schedule?: Schedule;
  readonly unlock?: UnlockRule;
  /** Its place in the plan. */
  readonly step?: number;
  /** The form that it asks for, where that is another one … */
  readonly questionnaire?: VersionedCanonical;
  /** … and then all its own forms with that. */
  readonly forms?: readonly OwnForm[];
}

/** A change of one step, and what is kept beside it. */
export interface KeepChange extends Pick<StepChange, 'reason' | 'smaller' | 'goesWith' | 'via'> {
  readonly assignmentId: string;
  readonly to: StepBecomes;
  readonly by?: EhrReference | undefined;
}

/**
 * Makes a step what it is to be and keeps what it was: its words stay tied to what was done, begun or missed under them, and an
 * earlier schedule to the time in which it held. What is as it was already is no change.
 */
export function keepChange(state: PlanState, command: KeepChange, at: Instant): PlanState {
  const { assignmentId, to, by, reason, smaller, goesWith, via } = command;
  const step = assignmentById(state, assignmentId);
  const became = differences(step, to);
  const isChange = Object.keys(became).length > 0 || smaller !== undefined;
  if (!isChange) return state;
  const change: StepChange = { at, ...defined({ by, reason, via, smaller, goesWith }), ...became };
  const { schedule, ...words } = to;
  const changed: Assignment = {
    ...step,
    ...defined(words),
    changes: [...(step.changes ?? []), change],
    lastModified: at,
  };
  const dated = schedule === undefined || became.schedule === undefined ? changed : withSchedule(changed, schedule, at);
  const said = became.title ?? became.instructions ?? became.rationale ?? became.questionnaire;
  return withAssignment(said === undefined ? state : tieWords(state, step), dated);
}

/** What would be different, in the words of a change; empty: nothing. */
export function differences(step: Assignment, to: StepBecomes): Omit<StepChange, 'at'> {
  const is: StepBecomes = { ...step, schedule: scheduleOf(step) };
  const changed = <Value>(from: Value | undefined, became: Value | undefined): Changed<Value> | undefined =>
    became === undefined || sameValue(from, became) ? undefined : defined({ from, to: became });
  return defined({
    title: changed(is.title, to.title),
    instructions: changed(is.instructions, to.instructions),
    rationale: changed(is.rationale, to.rationale),
    schedule: changed(is.schedule, to.schedule),
    unlock: changed(is.unlock, to.unlock),
    step: changed(is.step, to.step),
    questionnaire: changed(is.questionnaire, to.questionnaire),
  });
}

/** What was done, missed or begun was so under the words as they stood. */
function tieWords(state: PlanState, step: Assignment): PlanState {
  const words = step.changes?.length ?? 0;
  return occurrencesOf(state, step.id)
    .filter((occurrence) => occurrence.words === undefined && !isFresh(state, occurrence))
    .reduce((next, occurrence) => withOccurrence(next, { ...occurrence, words }), state);
}
