import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import type { Carrier, People } from './carrier.ts';
import type { ClaimedGroup, RowResult } from './claimed-group.ts';
import type { Completion } from './completion.ts';
import type { KnownReference } from './load-references.ts';
import type { SendingContext } from './sending-context.ts';
import type { PatientCheck } from './verify-patient.ts';

/** A claimed group with all that an attempt at it needs. */
export interface Attempt {
  readonly ehr: Ehr;
  readonly group: ClaimedGroup;
  readonly references: ReadonlyMap<string, KnownReference>;
  readonly context: SendingContext;
  readonly people: People;
  readonly now: () => Date;
  /** Called when a write's bytes have left and before its answer is used. */
  readonly onSent: () => void;
  /** Asks how the patient stands, by a carrier's token where there is one. */
  readonly verifyPatient: (group: ClaimedGroup, carrier: Carrier | undefined) => Promise<PatientCheck>;
}

/** What came of one attempt; `finishAttempt` makes of it what is recorded. */
export interface AttemptOutcome {
  readonly results: readonly RowResult[];
  /** Why it is tried again, and when; it also says how the EHR is. */
  readonly failure?: EhrFailure | undefined;
  /** Whether the EHR was asked anything. */
  readonly asked: boolean;
  /** What was written, as evidence; absent: nothing was to be. */
  readonly evidence?: Completion['attempt'];
}
