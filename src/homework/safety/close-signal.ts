import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Instant } from '../model.ts';
import { invalidRequest } from '../replace-in-state.ts';
import type { SafetySignal } from './safety-signal.ts';

export interface CloseSignal {
  /** The person who decided it. */
  readonly by: EhrReference;
  readonly reason: string;
  /** Client id of the source system that names them. */
  readonly via?: string;
}

/**
 * Closes a safety signal: a person's decision, with its reason; nothing else ever does.
 * @throws IntersessionError `signal-closed`; `invalid-request` without a person or a reason
 */
export function closeSignal(signal: SafetySignal, { by, reason, via }: CloseSignal, at: Instant): SafetySignal {
  if (!/^(Practitioner|PractitionerRole)\/./.test(by)) throw invalidRequest('by', 'is not a person of the care team');
  if (reason.trim() === '') throw invalidRequest('reason', 'is empty');
  if (signal.status === 'closed') {
    throw new IntersessionError('signal-closed', { signalId: signal.id }, 'signalId: this safety signal is closed');
  }
  // never before it was raised, whatever a clock that was wrong has written
  const closedAt = signal.evidence.reduce(
    (latest, { at: noticed }) => (noticed > latest ? noticed : latest),
    at > signal.raisedAt ? at : signal.raisedAt,
  );
  return {
    ...signal,
    ...{ status: 'closed', closedAt, closedBy: by, closeReason: reason.trim(), version: signal.version + 1 },
    ...defined({ closedVia: via }),
  };
}
