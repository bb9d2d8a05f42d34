import type { LandingRow } from '../../landing/landing-row.ts';

/** A row that says the same of several artefacts. */
export interface RowGroup {
  readonly artefacts: readonly string[];
  readonly row: Pick<LandingRow, 'landing' | 'identity' | 'reason' | 'toImprove'>;
}

/** Puts artefacts together that land alike for the same reason, in the order of the first of each. */
export function groupRows(rows: readonly (RowGroup['row'] & { readonly artefact: string })[]): RowGroup[] {
  const groups = new Map<string, { artefacts: string[]; row: RowGroup['row'] }>();
  for (const row of rows) {
    const { artefact, landing, identity, reason, toImprove } = row;
    const key = JSON.stringify([landing, identity, reason, toImprove]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { artefacts: [artefact], row });
    else group.artefacts.push(artefact);
  }
  return [...groups.values()];
}
