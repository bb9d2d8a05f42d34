import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { foldName } from '../../../src/homework/patient/match-name.ts';

/** Ids of the patients whom name and birth date do not tell from another one in the list. */
export function namedAlike(rows: readonly RosterRow[]): ReadonlySet<string> {
  const named = rows.filter(({ name }) => name !== undefined);
  const alike = Map.groupBy(named, ({ name = '', birthDate = '' }) => `${foldName(name)} ${birthDate}`);
  return new Set(
    [...alike.values()].filter((group) => group.length > 1).flatMap((group) => group.map((row) => row.patientId)),
  );
}
