import type { StoredResource } from '../resource.ts';
import type { ResourceReader } from '../store/resource-store.ts';
import { extractValues } from './extract-values.ts';
import { rangeOfElement } from './match-date.ts';
import { matchesReference, parseReference } from './match-reference.ts';
import { checkValues, type MatchContext, matches } from './matches.ts';
import type { Include, Search } from './parse-search.ts';

/** One page of a search. */
export interface Found {
  total: number;
  matches: StoredResource[];
  included: StoredResource[];
  /** Offset of the next page, undefined on the last. */
  next: number | undefined;
}

/**
 * Runs a search over what a reader sees.
 * Without `_sort` resources come in the order they were made, so that pages don't shift while others write.
 * @param visible leaves out what the caller's scopes do not cover
 */
export function runSearch(
  reader: ResourceReader,
  search: Search,
  visible: (resource: StoredResource) => boolean,
  context: MatchContext,
): Found {
  checkValues(search.criteria);
  const all: StoredResource[] = [];
  for (const resource of reader.list(search.type)) {
    if (matches(resource, search.criteria, context) && visible(resource)) all.push(resource);
  }
  if (search.sort.length > 0) sortBy(all, search);
  const end = search.offset + search.count;
  const page = search.summaryCount ? [] : all.slice(search.offset, end);
  return {
    total: all.length,
    matches: page,
    included: include(reader, page, search, context).filter(visible),
    next: !search.summaryCount && end < all.length ? end : undefined,
  };
}

function sortBy(resources: StoredResource[], search: Search): void {
  const keys = new Map(
    resources.map((resource) => [
      resource,
      search.sort.map(({ parameter }) => sortKey(extractValues(resource, parameter))),
    ]),
  );
  resources.sort((left, right) => {
    for (const [index, { descending }] of search.sort.entries()) {
      const a = keys.get(left)?.[index];
      const b = keys.get(right)?.[index];
      if (a === b) continue;
      // without a value: last, in either direction
      if (a === undefined) return 1;
      if (b === undefined) return -1;
      return (a < b ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  });
}

function sortKey(values: readonly { value: unknown }[]): string | number | undefined {
  const value = values[0]?.value;
  const range = rangeOfElement(value);
  if (range !== undefined) return range.start;
  return value === undefined ? undefined : typeof value === 'number' ? value : JSON.stringify(value).toLowerCase();
}

function include(
  reader: ResourceReader,
  page: StoredResource[],
  search: Search,
  context: MatchContext,
): StoredResource[] {
  const seen = new Set(page.map(keyOf));
  const included: StoredResource[] = [];
  let fresh = page;
  for (let round = 0; fresh.length > 0; round++) {
    const wanted = (rule: Include) => round === 0 || rule.iterate;
    const found = [
      ...search.includes.filter(wanted).flatMap((rule) => forward(reader, fresh, rule, context)),
      ...search.reverseIncludes.filter(wanted).flatMap((rule) => backward(reader, fresh, rule, context)),
    ];
    fresh = [];
    for (const resource of found) {
      if (seen.has(keyOf(resource))) continue;
      seen.add(keyOf(resource));
      fresh.push(resource);
    }
    included.push(...fresh);
  }
  return included;
}

function forward(
  reader: ResourceReader,
  from: StoredResource[],
  rule: Include,
  context: MatchContext,
): StoredResource[] {
  return from
    .filter((resource) => resource.resourceType === rule.source)
    .flatMap((resource) => extractValues(resource, rule.parameter))
    .flatMap(({ value }) => {
      const text = typeof value === 'string' ? value : (value as { reference?: unknown }).reference;
      const found = typeof text === 'string' ? parseReference(text) : undefined;
      if (!found || (found.base !== undefined && found.base !== context.base)) return canonical(reader, text);
      if (rule.target !== undefined && rule.target !== found.type) return [];
      const resource = reader.current(found.type, found.id)?.resource;
      return resource ? [resource] : [];
    });
}

/** `Questionnaire.url|version` and the like point at a resource by its url. */
function canonical(reader: ResourceReader, text: unknown): StoredResource[] {
  if (typeof text !== 'string' || !text.startsWith('http')) return [];
  const [url, version] = text.split('|');
  return [...reader.list('Questionnaire')].filter(
    (resource) => resource.url === url && (version === undefined || resource.version === version),
  );
}

function backward(
  reader: ResourceReader,
  from: StoredResource[],
  rule: Include,
  context: MatchContext,
): StoredResource[] {
  return [...reader.list(rule.source)].filter((candidate) =>
    extractValues(candidate, rule.parameter).some(({ value }) =>
      from.some((resource) => matchesReference(value, keyOf(resource), context.base)),
    ),
  );
}

function keyOf(resource: StoredResource): string {
  return `${resource.resourceType}/${resource.id}`;
}
