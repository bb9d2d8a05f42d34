import type { Sent } from '../told.ts';
import type { EhrReference, Instant } from '../values.ts';

/** A message about homework, in either direction. */
export interface Feedback extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly assignmentId?: string;
  readonly logId?: string;
  readonly patientId: string;
  readonly author: 'patient' | EhrReference;
  readonly text: string;
  readonly sentAt: Instant;
  readonly deliveredAt?: Instant;
  readonly readAt?: Instant;
  readonly inResponseTo?: string;
}
