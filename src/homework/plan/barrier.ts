import type { Sent } from '../told.ts';
import type { EhrReference, Instant } from '../values.ts';

export const barrierCodes = [
  'fear',
  'too-hard',
  'forgot',
  'no-time',
  'not-understood',
  'no-point-seen',
  'felt-too-bad',
  'practical',
  'other',
] as const;
export type BarrierCode = (typeof barrierCodes)[number];

/** Who talked a barrier over: a clinician in the app, or whom a source system named, if anybody. */
export interface TalkedOver extends Sent {
  readonly by?: EhrReference;
}

/** What stood in the way, recorded to be talked over. */
export interface Barrier extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly assignmentId?: string;
  readonly patientId: string;
  readonly code: BarrierCode;
  readonly text?: string;
  /** The patient, or the clinician who wrote down what the patient said. */
  readonly saidBy: 'patient' | EhrReference;
  readonly recordedAt: Instant;
  readonly talkedOverAt?: Instant;
  /** Absent: nobody is known, or it was before this was kept. */
  readonly talkedOver?: TalkedOver;
}
