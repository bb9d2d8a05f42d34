import type { LedgerRow } from '../../../src/contract/app/ledger.ts';
import { ageWords } from '../words/age.ts';
import { type Place, writeTime } from '../words/dates.ts';

/** Since when a row stands as it does, as far as that is known; else since when it is wanted. */
export function sinceOf({ state, waitingSince, landedAt, wantedAt }: LedgerRow): string {
  if (state === 'landed' && landedAt !== null) return landedAt;
  return waitingSince ?? wantedAt;
}

/** The same in words; of what neither landed nor waits only its wish has a time. */
export function sinceWords(row: LedgerRow, now: string): string {
  const age = ageWords(sinceOf(row), now);
  if (row.state === 'landed' && row.landedAt !== null) return `landed ${age} ago`;
  return row.waitingSince === null ? `wanted ${age} ago` : `waits for ${age}`;
}

const instant = /(at )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/g;

/** Why it stands so, with times as they are read here. */
export function placedReason(reason: string, place: Place): string {
  return reason.replace(instant, (_all, before, at) => `${before === undefined ? '' : 'on '}${writeTime(at, place)}`);
}
