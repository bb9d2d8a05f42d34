import type { LedgerState } from './ledger-state.ts';
import type { OutcomeCode, ReasonCode } from './row-reason.ts';

/** Why it is not known of an artefact whether it stands in the EHR, where no looking by the service can tell. */
export const personCodes = [
  'lost',
  'several',
  'unnamed',
  'unsearchable',
  'foreign',
  'place-taken',
] as const satisfies readonly OutcomeCode[];

const askPerson = new Set<string>(personCodes);

/**
 * Who moves a ledger row on: `person`: a decision about this very row · `itself`: it goes on without one, when what it waits
 * for is there or a look in the EHR has told; a merge is decided once for the patient, not for each row · `nobody`: it is over.
 * @param code why it stands so, if that is known
 */
export function whoseTurn(state: LedgerState, code: ReasonCode | undefined): 'person' | 'itself' | 'nobody' {
  if (state === 'landed' || state === 'withdrawn') return 'nobody';
  if (state === 'rejected') return 'person';
  return state === 'unknown' && code !== undefined && askPerson.has(code) ? 'person' : 'itself';
}
