import { operationOutcome, refuse } from '../fhir-error.ts';
import type { StoredResource } from '../resource.ts';
import { parseReference } from '../search/match-reference.ts';
import { parseSearch, type Search } from '../search/parse-search.ts';
import { runSearch } from '../search/run-search.ts';
import type { Answer } from './answer.ts';
import { type Call, lagsBehind, searchOffer } from './face-server.ts';
import { readerOf } from './made-up-visits.ts';
import type { FaceServer } from './served-face.ts';
import { shown } from './shown.ts';

/**
 * Searches one type. Unknown parameters are an error under `Prefer: handling=strict`; otherwise they are left out and
 * named in an OperationOutcome entry.
 * @throws FhirError 400
 * @see https://hl7.org/fhir/R4/search.html#errors
 */
export function searchType(server: FaceServer, type: string, call: Call): Answer {
  if (type === 'Encounter' && server.site.has('encounters-refused')) {
    throw refuse(403, 'forbidden', 'Encounters cannot be searched here');
  }
  const search = parseSearch(type, askedOf(server, type, call.query), searchOffer(server));
  if (search.unknown.length > 0 && call.strict) {
    throw refuse(400, 'not-supported', `Unknown search parameter: ${search.unknown.join(', ')}`);
  }
  for (const patient of patientsNamed(search, server.base)) {
    if (!call.permit.coversPatient(type, 's', patient)) {
      throw refuse(403, 'forbidden', 'The granted scopes do not reach the record that was searched for');
    }
  }
  const visible = (resource: StoredResource) =>
    call.permit.coversResource(resource.resourceType === type ? 's' : 'r', resource) && !lagsBehind(server, resource);
  const found = runSearch(readerOf(server), search, visible, server);
  const entry = [
    ...found.matches.map((resource) => resultEntry(server, resource, 'match')),
    ...found.included.map((resource) => resultEntry(server, resource, 'include')),
    ...(search.unknown.length > 0 ? [outcomeEntry(search.unknown)] : []),
  ];
  const link = [{ relation: 'self', url: searchUrl(server, search, search.offset) }];
  if (found.next !== undefined) link.push({ relation: 'next', url: searchUrl(server, search, found.next) });
  const bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(search.showTotal || search.summaryCount ? { total: found.total } : {}),
    link,
    ...(entry.length > 0 ? { entry } : {}),
  };
  return { status: 200, body: bundle };
}

/** What is left of a question when this site passes over whose encounters or roles are wanted, in which order, or over all patients but the first. */
function askedOf({ site }: FaceServer, type: string, query: URLSearchParams): URLSearchParams {
  if (type === 'Patient' && site.has('one-id-a-search')) {
    return new URLSearchParams(
      [...query].map(([name, value]) => [name, name === '_id' ? value.replace(/,.*/, '') : value]),
    );
  }
  const passedOver = [
    ...(type === 'Encounter' && site.has('encounters-of-everybody') ? [/^(patient|subject)(:|$)/] : []),
    ...(type === 'Encounter' && site.has('encounters-unsorted') ? [/^_sort$/] : []),
    ...(type === 'PractitionerRole' && site.has('roles-of-everybody') ? [/^practitioner(:|\.|$)/] : []),
  ];
  return new URLSearchParams([...query].filter(([name]) => !passedOver.some((ignored) => ignored.test(name))));
}

/** Ids of patients that the search asks for by name; a search that names none is cut down to what may be seen. */
function patientsNamed(search: Search, base: string): string[] {
  return search.criteria.flatMap(({ parameter, modifier, values }) => {
    const byId = search.type === 'Patient' && parameter.code === '_id';
    const byReference = ['patient', 'subject', 'for'].includes(parameter.code);
    if ((!byId && !byReference) || modifier !== undefined) return [];
    return values.flatMap((value) => {
      const literal = parseReference(value);
      if (literal === undefined) return [value];
      const local = literal.base === undefined || literal.base === base;
      return local && literal.type === 'Patient' ? [literal.id] : [];
    });
  });
}

function resultEntry(server: FaceServer, resource: StoredResource, mode: 'match' | 'include') {
  return {
    fullUrl: `${server.base}/${resource.resourceType}/${resource.id}`,
    resource: shown(server, resource),
    search: { mode },
  };
}

function outcomeEntry(unknown: readonly string[]) {
  const issues = unknown.map((name) => ({
    severity: 'warning' as const,
    code: 'not-supported',
    diagnostics: `Search parameter ${name} is not known here and was left out`,
  }));
  return { resource: operationOutcome(issues), search: { mode: 'outcome' as const } };
}

function searchUrl(server: FaceServer, search: Search, offset: number): string {
  const query = new URLSearchParams(search.used.filter(([name]) => name !== '_offset'));
  if (offset > 0) query.set('_offset', String(offset));
  const text = query.toString();
  return `${server.base}/${search.type}${text === '' ? '' : `?${text}`}`;
}
