import type { Artefact } from '../homework/model.ts';
import type { Identity } from './granted-scopes.ts';
import type { Landing } from './vendor-traits.ts';
import type { WriteNeed } from './write-need.ts';

/** How one artefact reaches this EHR, and why. */
export interface LandingRow {
  readonly artefact: Artefact;
  readonly landing: Landing;
  /** Whose token carries it. */
  readonly identity: Identity;
  /** Sentences for the integration analyst. */
  readonly reason: string;
  /** What would raise it; null when nothing could. */
  readonly toImprove: string | null;
  /** For a safety signal: every channel that is open, the best first. */
  readonly channels?: readonly Channel[];
  /** What is written for it: for what is told in the report, the report; for a safety signal, through every channel. */
  readonly writes: readonly WriteNeed[];
  /** The scopes that it rests on; without one of them it lands otherwise. */
  readonly scopes?: readonly string[];
  /** What is taken for true without being known, a sentence. */
  readonly assumption?: string;
  /** True when it rests on scopes that a person is asked for and may not get. */
  readonly hoped?: boolean;
  /** True when the site chose less than could be here. */
  readonly bySite?: true;
}

/** A type by which a safety signal goes, and whose token carries it. */
export interface Channel {
  readonly type: string;
  readonly identity: Identity;
}

/** One way in which an artefact could land here. */
export interface OpenWay {
  readonly landing: Landing;
  readonly open: true;
  /** True when it rests on scopes that a person is asked for and may not get: a sure way comes first. */
  readonly hoped?: boolean;
  /** Why the service's own token does not carry it although it was granted enough: a clause. */
  readonly ownRefused?: string;
  readonly identity: Identity;
  /** Sentences: what it is here, and by whose token. */
  readonly says: string;
  readonly toImprove: string | null;
  readonly writes: readonly WriteNeed[];
  readonly channels?: readonly Channel[];
  readonly scopes?: readonly string[];
  readonly assumption?: string;
}

/** A way that is closed here. */
export interface ClosedWay {
  readonly landing: Landing;
  readonly open: false;
  /** A clause without a full stop. */
  readonly missing: string;
  /** What needs it, where that is said before: `a plan needs CarePlan and Task together`. */
  readonly before?: string;
  /** What the EHR would have to offer for it, all of it. */
  readonly offers: readonly string[];
  /** What else would help, a sentence; may be empty. */
  readonly remedy: string;
}

export type Way = OpenWay | ClosedWay;
