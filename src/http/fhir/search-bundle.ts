import { randomUUID } from 'node:crypto';
import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import { isSearchableType, type SearchableType, searchParameters } from '../../fhir/search/search-parameters.ts';
import { subsetOf } from '../../fhir/subset-elements.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import type { SearchCriteria } from '../../record/store/search-criteria.ts';
import { searchResources } from '../../record/store/search-resources.ts';
import type { HttpTenant } from '../app-options.ts';
import { permits } from '../oauth/scopes.ts';
import { definitionOut, definitionsOf, isDefinitionType } from './definitions.ts';
import { resourceOut } from './fhir-answer.ts';
import { canonicalsNamed, includedDefinitions } from './include-definitions.ts';
import type { Outgoing } from './outgoing.ts';
import { mayReadOwnForms, ownFormsNamed } from './own-forms.ts';
import { isHeld } from './parse-include.ts';
import { invalid, parseSearch } from './parse-search.ts';
import { withinScope } from './provenance-scope.ts';
import { searchDefinitions } from './search-definitions.ts';
import { withoutResponseEndpoint } from './without-response-endpoint.ts';

export interface SearchRequest {
  readonly type: SearchableType;
  readonly parameters: readonly (readonly [string, string])[];
  /** `Prefer: handling=strict`: an unknown parameter is an error. */
  readonly strict: boolean;
  /** SMART scopes of the token. */
  readonly scope: string;
}

export interface SearchContext {
  readonly record: HomeworkRecord;
  readonly tenant: HttpTenant;
  /** Base of our endpoint of this tenant. */
  readonly base: string;
  /** Since when the definitions are what they are. */
  readonly definitionsChanged: string;
}

interface Page {
  readonly matches: readonly Outgoing[];
  readonly included: readonly Outgoing[];
  readonly total?: number;
  readonly next?: string;
}

/**
 * Answers a search with a searchset Bundle: matches, what they include, and an OperationOutcome that names what was not
 * understood.
 * @throws `invalid-request`, `forbidden` when an included type is not among the token's scopes
 * @see https://hl7.org/fhir/R4/http.html#search
 */
export async function searchBundle(context: SearchContext, request: SearchRequest): Promise<Bundle<FhirResource>> {
  const { record, tenant, base } = context;
  const { type, strict, scope } = request;
  const bases = { own: base, ehr: tenant.fhirBase };
  const addresses = { bases, now: record.clock.now(), timeZone: tenant.timeZone };
  const { criteria, unknown, understood, subset } = parseSearch(type, request.parameters, addresses);
  if (strict && unknown.length > 0) {
    throw invalid(unknown.map((path) => ({ path, problem: `is not a search parameter of ${type} here` })));
  }
  refuseForeignIncludes(criteria, scope);
  const page: Page = isDefinitionType(type)
    ? await definitionPage(criteria, context, scope)
    : await searchResources(record, tenant.id, withinScope(criteria, scope));
  const out = (outgoing: Outgoing, mode: 'match' | 'include'): BundleEntry<FhirResource> => {
    const resource = withoutResponseEndpoint(resourceOut(outgoing, tenant.fhirBase), scope);
    // elements are named of the type that is searched; a summary is of whatever comes along
    const whole = subset === undefined || (subset.part === 'elements' && mode === 'include');
    return {
      fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
      resource: whole ? resource : subsetOf(resource, subset),
      search: { mode },
    };
  };
  const canonicals = canonicalsNamed(
    page.matches.map(({ resource }) => resource),
    criteria.include,
  );
  const named: readonly Outgoing[] = [
    ...includedDefinitions(definitionsOf(record.kinds), canonicals).map((definition) =>
      definitionOut(definition, context.definitionsChanged),
    ),
    ...(mayReadOwnForms('Questionnaire', scope) ? await ownFormsNamed(record, tenant.id, canonicals) : []),
  ];
  const entries: BundleEntry<FhirResource>[] = [
    ...page.matches.map((match) => out(match, 'match')),
    ...[...page.included, ...named].map((outgoing) => out(outgoing, 'include')),
    ...(unknown.length === 0 ? [] : [unknownParameters(type, unknown)]),
  ];
  const total = totalOf(page, criteria);
  const link = (cursor?: string): string => address(`${base}/${type}`, understood, cursor);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    timestamp: record.clock.now().toISOString(),
    ...defined({ total }),
    link: [
      { relation: 'self', url: link(criteria.cursor) },
      ...(page.next === undefined ? [] : [{ relation: 'next', url: link(page.next) }]),
    ],
    ...(entries.length === 0 ? {} : { entry: entries }),
  };
}

/** What comes with the program is first, on the first page and whole; a page is then filled with the forms of plans' own. */
async function definitionPage(
  criteria: SearchCriteria,
  { record, definitionsChanged: changed, tenant }: SearchContext,
  scope: string,
): Promise<Page> {
  const found = searchDefinitions(definitionsOf(record.kinds), criteria, { changed, timeZone: tenant.timeZone });
  const matches = criteria.summaryCount ? [] : found.map((resource) => definitionOut(resource, changed));
  if (!mayReadOwnForms(criteria.type, scope)) return { matches, included: [], total: found.length };
  const own = await searchResources(record, tenant.id, { ...criteria, include: [], revinclude: [] });
  const shown = criteria.cursor === undefined ? matches : [];
  return {
    ...{ matches: [...shown, ...own.matches], included: [] },
    ...(own.total === undefined ? {} : { total: found.length + own.total }),
    ...defined({ next: own.next }),
  };
}

/** Known without counting when the first page is also the last. */
function totalOf({ total, matches, next }: Page, criteria: SearchCriteria): number | undefined {
  if (total !== undefined) return total;
  return criteria.cursor === undefined && next === undefined ? matches.length : undefined;
}

function refuseForeignIncludes({ include, revinclude }: SearchCriteria, scope: string): void {
  const types = new Set(revinclude.map(({ type }) => type));
  for (const { type, param, targetType } of include) {
    const parameter = isSearchableType(type) ? searchParameters[type].find(({ name }) => name === param) : undefined;
    const targets = targetType === undefined ? (parameter?.targets ?? []) : [targetType];
    for (const target of targets) if (isHeld(target)) types.add(target);
  }
  for (const type of types) {
    if (permits(scope, { type, action: 'r' }) && permits(scope, { type, action: 's' })) continue;
    const needed = `system/${type}.rs`;
    throw new IntersessionError('forbidden', { needed }, `Including ${type} needs the scope ${needed}`);
  }
}

function unknownParameters(type: string, names: readonly string[]): BundleEntry<FhirResource> {
  return {
    fullUrl: `urn:uuid:${randomUUID()}`,
    search: { mode: 'outcome' },
    resource: {
      resourceType: 'OperationOutcome',
      issue: names.map((name) => ({
        severity: 'warning',
        code: 'not-supported',
        diagnostics: `"${name.slice(0, 64)}" is not a search parameter of ${type} here; it was ignored`,
        expression: [name.slice(0, 64)],
      })),
    },
  };
}

function address(url: string, parameters: readonly (readonly [string, string])[], cursor: string | undefined): string {
  const search = new URLSearchParams(parameters.map(([name, value]) => [name, value]));
  if (cursor !== undefined) search.set('_cursor', cursor);
  const text = search.toString();
  return text === '' ? url : `${url}?${text}`;
}
