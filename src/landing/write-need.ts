import type { Capabilities } from './capabilities.ts';
import type { Grants } from './grants.ts';
import type { SiteSettings, VendorTraits } from './vendor-traits.ts';

/** Everything that decides a landing, at one EHR. */
export interface LandingFacts {
  readonly capabilities: Capabilities;
  readonly grants: Grants;
  readonly vendor: VendorTraits;
  readonly site: SiteSettings;
}

export type WriteInteraction = 'create' | 'update';

/** One kind of write that a landing needs. */
export interface WriteNeed {
  readonly type: string;
  readonly interactions: readonly WriteInteraction[];
  /** Its category, for granular scopes and for vendors that file some categories only. */
  readonly category?: string;
}

/** A write that is not possible: what is missing and what would help. */
export interface Refusal {
  readonly identity: 'none';
  /** A clause without a full stop, e.g. `the EHR's statement offers no create on Task`. */
  readonly missing: string;
  /** What the EHR would have to offer: `create on Task`; empty where something else is missing. */
  readonly offers: readonly string[];
  /** What else would help, a sentence; empty where only an offer would. */
  readonly remedy: string;
}

/** A write that is possible, and by whose token. */
export interface Permit {
  readonly identity: 'system' | 'delegated';
  readonly writes: readonly WriteNeed[];
  /** A clause: `by this service's own token, scope system/Task.cu (granted)`. */
  readonly by: string;
  /** The scopes that it rests on; empty where none are known. `user/…` stands for a person's, `patient/…` included. */
  readonly scopes: readonly string[];
  /** What is taken for true without being known, a sentence. */
  readonly assumption?: string;
  /** True when it rests on scopes that a person is asked for and may not get. */
  readonly hoped?: boolean;
  /** Why the service's own token does not carry it although it was granted enough: a clause. */
  readonly ownRefused?: string;
  /** What would make it the service's own; null when it is. */
  readonly toImprove: string | null;
}

export type Permission = Refusal | Permit;

/** Whether all of these writes are possible together, by one token. */
export type MayWrite = (...needs: readonly WriteNeed[]) => Permission;
