import type { Instant } from '../model.ts';
import type { SafetyEvidence, SafetyRuleCode, SafetySignal } from './safety-signal.ts';

export interface RaiseSignal {
  readonly patientId: string;
  /** In whose ledger a new signal is to stand. */
  readonly planId: string;
  readonly rule: SafetyRuleCode;
  readonly evidence: SafetyEvidence;
  /** As `NoticedRisk.again`. */
  readonly again?: true | undefined;
  /** Makes the id of a new signal from its ordinal. */
  readonly idOf: (ordinal: number) => string;
}

/**
 * Raises a safety signal of a patient: what speaks for it is added to the one that is open by the same rule; after a closed
 * one a new one follows. Evidence that it holds already changes nothing: then the same object comes back, of old answers the closed one, too.
 * @param raised all signals of this patient by this rule, whatever their order
 */
export function raiseSignal(raised: readonly SafetySignal[], command: RaiseSignal, at: Instant): SafetySignal {
  const { patientId, planId, rule, evidence, again, idOf } = command;
  const own = raised.filter((safetySignal) => safetySignal.patientId === patientId && safetySignal.rule === rule);
  // old answers that come again were looked at with the signal that has them, whether that is closed or not
  const told = own.find(({ evidence: lines }) => lines.some((line) => saysTheSame(line, evidence)));
  if (rule === 'old-answers' && told !== undefined) return told;
  const open = own.find(({ status }) => status === 'open');
  if (open === undefined) {
    const ordinal = own.reduce((highest, safetySignal) => Math.max(highest, safetySignal.ordinal), 0) + 1;
    return {
      ...{ id: idOf(ordinal), patientId, planId, rule, ordinal },
      ...{ status: 'open', raisedAt: at, evidence: [evidence], version: 1 },
    };
  }
  const known = again ? isOfSameAnswer : saysTheSame;
  if (open.evidence.some((safetyEvidence) => known(safetyEvidence, evidence))) return open;
  return { ...open, evidence: [...open.evidence, evidence], version: open.version + 1 };
}

/** The same answer of the same log says nothing new, however often it is saved. */
function saysTheSame(safetyEvidence: SafetyEvidence, other: SafetyEvidence): boolean {
  return isOfSameAnswer(safetyEvidence, other) && safetyEvidence.value === other.value;
}

function isOfSameAnswer(safetyEvidence: SafetyEvidence, { logId, linkId }: SafetyEvidence): boolean {
  return logId !== undefined && safetyEvidence.logId === logId && safetyEvidence.linkId === linkId;
}
