import { type SearchValue, searchValues } from '../../fhir/search/search-values.ts';
import type {
  DateCriterion,
  SearchCriteria,
  SearchCriterion,
  SearchFilter,
} from '../../record/store/search-criteria.ts';
import type { Definition, IdentifiedDefinition } from './definitions.ts';

interface Entry {
  readonly definition: IdentifiedDefinition;
  readonly values: readonly SearchValue[];
}

const byDefinitions = new WeakMap<readonly IdentifiedDefinition[], Map<string, readonly Entry[]>>();

/** The definitions with what they are found by in a zone: their date is a day. */
function entriesOf(definitions: readonly IdentifiedDefinition[], timeZone: string): readonly Entry[] {
  const byZone = byDefinitions.get(definitions) ?? new Map<string, readonly Entry[]>();
  byDefinitions.set(definitions, byZone);
  let entries = byZone.get(timeZone);
  if (entries === undefined) {
    entries = definitions.map((definition) => ({ definition, values: searchValues(definition, timeZone) }));
    byZone.set(timeZone, entries);
  }
  return entries;
}

/**
 * Searches what comes with the program, by the same criteria that SQL gets for what the record holds. There are few of
 * them and they never change, so one page holds them all.
 *
 * @param options.changed when the program began to answer with them, as their `_lastUpdated`
 */
export function searchDefinitions(
  definitions: readonly IdentifiedDefinition[],
  criteria: SearchCriteria,
  { changed, timeZone }: { readonly changed: string; readonly timeZone: string },
): Definition[] {
  return entriesOf(definitions, timeZone)
    .filter(({ definition }) => definition.resourceType === criteria.type)
    .filter(({ definition }) => criteria.ids?.includes(definition.id) !== false)
    .filter(() => (criteria.lastUpdated ?? []).every((range) => dateMatches(range, { low: changed, high: changed })))
    .filter((entry) => criteria.filters.every((filter) => filterMatches(filter, entry.values)))
    .sort((a, b) => compare(criteria.sort, a, b))
    .map(({ definition }) => definition);
}

/** All have changed at once, so `_lastUpdated` leaves their ids; what has no such date comes last either way. */
function compare(sort: string | undefined, a: Entry, b: Entry): number {
  if (sort === undefined) return 0;
  const descending = sort.startsWith('-');
  const param = sort.replace(/^-/, '');
  const [ofA, ofB] = [a, b].map(({ values }) => values.find((value) => value.param === param)?.low);
  if ((ofA === undefined) !== (ofB === undefined)) return ofA === undefined ? 1 : -1;
  const order = (ofA ?? '').localeCompare(ofB ?? '') || (a.definition.id < b.definition.id ? -1 : 1);
  return descending ? -order : order;
}

function filterMatches({ param, anyOf, not }: SearchFilter, all: readonly SearchValue[]): boolean {
  const values = all.filter((value) => value.param === param);
  const missing = anyOf.find((searchCriterion) => searchCriterion.type === 'missing');
  if (missing !== undefined) return (values.length === 0) === missing.missing;
  const found = values.some((value) => anyOf.some((criterion) => valueMatches(criterion, value)));
  return found !== (not === true);
}

function valueMatches(criterion: SearchCriterion, { value = '', low, high }: SearchValue): boolean {
  if (criterion.type === 'missing') return false;
  if (criterion.type === 'date') {
    return low !== undefined && high !== undefined && dateMatches(criterion, { low, high });
  }
  switch (criterion.match) {
    case 'exact':
    case 'code-only':
      return value === criterion.value;
    case 'prefix':
      return value.startsWith(criterion.value);
    case 'contains':
      return value.includes(criterion.value);
    case 'system-only':
      return value.startsWith(`${criterion.value}|`);
  }
}

/** Instants in one format compare as text. @see https://hl7.org/fhir/R4/search.html#prefix */
function dateMatches(asked: DateCriterion, stored: { readonly low: string; readonly high: string }): boolean {
  const inside = stored.low >= asked.low && stored.high <= asked.high;
  switch (asked.prefix) {
    case 'eq':
      return inside;
    case 'ne':
      return !inside;
    case 'gt':
      return stored.high > asked.high;
    case 'lt':
      return stored.low < asked.low;
    case 'ge':
      return inside || stored.high > asked.high;
    case 'le':
      return inside || stored.low < asked.low;
    case 'sa':
      return stored.low > asked.high;
    case 'eb':
      return stored.high < asked.low;
    case 'ap':
      return stored.low <= asked.high && stored.high >= asked.low;
  }
}
