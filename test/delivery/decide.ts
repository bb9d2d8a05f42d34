import type { ClaimedRow, RowResult } from '../../src/delivery/claimed-group.ts';
import { decideSending } from '../../src/delivery/decide-sending.ts';
import type { PatientContext } from '../../src/delivery/sending-context.ts';
import { sendingContext } from './claimed.ts';

/** What is decided, in short: what is written and how, or the state that the row gets without a request. */
export function decide(
  row: ClaimedRow,
  more: Parameters<typeof sendingContext>[0] = {},
  { unresolved = false, patient = { carriers: [] } }: { unresolved?: boolean; patient?: PatientContext } = {},
) {
  const decided = decideSending(row, unresolved, sendingContext(more), patient);
  if (!('result' in decided)) return { writes: decided.resourceType, anew: decided.anew, carrier: decided.carrier };
  const { state, landing, comesBack } = decided.result;
  return { state, landing, comesBack };
}
export const waits = (landing: RowResult['landing'], comesBack = false) => ({ state: 'waiting', landing, comesBack });
export const ends = (state: RowResult['state'], landing: RowResult['landing'] = 'native') => ({
  state,
  landing,
  comesBack: false,
});
export const writes = (resourceType = 'Task') => ({ writes: resourceType, anew: false, carrier: undefined });
