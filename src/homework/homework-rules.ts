import type { KindSlug } from './model.ts';
import type { SafetyDeclarationsOf } from './safety-signal.ts';

/** What the pure operations must know of kinds and of the tenant, handed in so that they import neither. */
export interface HomeworkRules {
  /** The boolean item that says whether the behaviour itself was done; undefined: this kind has none. */
  behaviourLinkId(kind: KindSlug): string | undefined;
  /** Which answers of a kind are risk answers; empty: none. */
  readonly safetyOf: SafetyDeclarationsOf;
  /** Hours; where the tenant states it, it stands in place of each assignment's own late grace. */
  readonly statedLateGraceHours?: number;
}
