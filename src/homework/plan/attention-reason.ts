import type { Instant } from '../values.ts';
import type { BarrierCode } from './barrier.ts';

/** Why a plan asks for attention, the worst first. */
export const attentionCodes = ['stopped', 'barrier', 'overdue', 'waiting-unlock', 'message'] as const;
export type AttentionCode = (typeof attentionCodes)[number];

/** How a step ended without being done. */
export const endings = ['missed', 'declined', 'stopped', 'not-reached'] as const;
export type Ending = (typeof endings)[number];

/** A step as it is named in a list: `4b`, "Say a minor opinion". */
export interface NamedStep {
  readonly key: string;
  readonly title: string;
}

/** One reason why a plan asks for attention: the earliest of its code, so that `since` is as long ago as it is. */
export interface AttentionReason {
  readonly code: AttentionCode;
  /** Since when. */
  readonly since: Instant;
  /** How many there are of this code. */
  readonly count: number;
  readonly step?: NamedStep;
  readonly ending?: Ending;
  readonly barrier?: BarrierCode;
}

/** What a plan is about now: the step that is worked on, paused, or locked and next. */
export interface CurrentStep extends NamedStep {
  readonly state: 'open' | 'paused' | 'locked';
}
