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
}
