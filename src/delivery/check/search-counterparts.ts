import type { EhrAccess } from '../../ehr/ehr-access.ts';
import type { EhrFailure } from '../../ehr/ehr-failure.ts';
import type { FhirJson } from '../../ehr/fhir-json.ts';
import type { Capabilities } from '../../landing/capabilities.ts';
import type { PlannedWrite } from '../plan-sending.ts';
import { type PlannedSearch, searchesFor } from '../searches-for.ts';
import { whoseIs } from '../whose.ts';
import type { CheckedRow } from './checked-row.ts';
import { identityOf } from './identity-of.ts';

/** A row and what it was sent as. */
export interface Sought {
  readonly row: CheckedRow;
  readonly write: PlannedWrite;
}

export type Counterparts =
  /** What searches found for each row, by the row's name; `undefined`: no search could tell. */
  | { readonly ok: true; readonly byName: ReadonlyMap<string, readonly FhirJson[] | undefined> }
  /** The EHR cannot be asked now. */
  | { readonly ok: false; readonly failure: EhrFailure };

/**
 * Searches for everything that bears a row's identifier or mark and is about its patient. One request after another: a
 * check takes no more of the EHR than it must. Where identifiers can be searched, one search serves twenty rows.
 * @param options.goOn a search that ends in the EHR's own mistake tells nothing
 */
export async function searchCounterparts(
  ehr: EhrAccess,
  sought: readonly Sought[],
  capabilities: Capabilities,
  { goOn = false }: { readonly goOn?: boolean } = {},
): Promise<Counterparts> {
  const found = new Map<string, FhirJson[] | undefined>(sought.map(({ row }) => [row.name, undefined]));
  const rows = new Map(sought.map(({ row }) => [row.name, row]));
  for (const search of plan(sought, capabilities)) {
    const answer = await ehr.search(search.type, search.parameters);
    if (!answer.ok) {
      // a search that is refused tells nothing; the places themselves are read
      if (isAnswer(answer.failure, goOn)) continue;
      return answer;
    }
    for (const write of search.writes) {
      const row = rows.get(write.row.name);
      if (row === undefined) continue;
      const own: FhirJson[] = [];
      for (const candidate of answer.resources) {
        if (candidate.id === undefined || whoseIs(candidate, row, ehr.base) !== 'own') continue;
        const identity = await identityOf(ehr, write, candidate);
        if (typeof identity === 'object') return { ok: false, failure: identity };
        if (identity === 'own') own.push(candidate);
      }
      found.set(row.name, own);
    }
  }
  return { ok: true, byName: found };
}

function plan(sought: readonly Sought[], capabilities: Capabilities): PlannedSearch[] {
  const searches: PlannedSearch[] = [];
  for (const same of Map.groupBy(sought, ({ write }) => write.resourceType).values()) {
    const together = searchesFor(
      same.map(({ write }) => write),
      capabilities,
    ).possible;
    if (together.every(({ parameters }) => parameters.has('identifier'))) {
      searches.push(...together);
      continue;
    }
    // by patient: those of one patient at a time
    for (const theirs of Map.groupBy(same, ({ row }) => row.patientId).values()) {
      searches.push(
        ...searchesFor(
          theirs.map(({ write }) => write),
          capabilities,
        ).possible,
      );
    }
  }
  return searches;
}

/**
 * Whether an EHR's failure is its answer about what was asked, and not about the EHR as a whole.
 * @param goOn it was asked often enough: a mistake of its own counts as its answer
 */
export function isAnswer({ disposition, status }: EhrFailure, goOn: boolean): boolean {
  // "later" and a gateway's errors are about the EHR, however often they come
  return disposition === 'reject' || (goOn && status === 500);
}
