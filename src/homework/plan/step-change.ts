import type { Schedule } from '../schedule/schedule.ts';
import type { Sent } from '../told.ts';
import type { EhrReference, Instant, VersionedCanonical } from '../values.ts';
import type { UnlockRule } from './unlock-rule.ts';

/** What something was, and what it became; a side that is absent: there was nothing, or nothing any more. */
export interface Changed<Value> {
  readonly from?: Value;
  readonly to?: Value;
}

/** A change of a step's design while its plan runs: only what became different stands in it. */
export interface StepChange extends Sent {
  readonly at: Instant;
  /** Who decided it, as the door knew them, or as a source system named them; absent: nobody was named. */
  readonly by?: EhrReference;
  readonly reason?: string;
  readonly title?: Changed<string>;
  readonly instructions?: Changed<string>;
  readonly rationale?: Changed<string>;
  readonly schedule?: Changed<Schedule>;
  readonly unlock?: Changed<UnlockRule>;
  /** Its place in the plan. */
  readonly step?: Changed<number>;
  /** Its form: other names, or other settings. */
  readonly questionnaire?: Changed<VersionedCanonical>;
  /** Key of the smaller step that was put before it: it waits for that one. */
  readonly smaller?: string;
  /** Key of the step whose number of times was changed: the rule of this one goes with it. */
  readonly goesWith?: string;
}
