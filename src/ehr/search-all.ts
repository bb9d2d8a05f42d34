import { isObject } from '../foundation/is-object.ts';
import type { EhrFailure } from './ehr-failure.ts';
import { readOutcome, saysError } from './failure.ts';
import { type FhirJson, isFhirJson } from './fhir-json.ts';
import type { Gateway } from './gateway.ts';

export type SearchAnswer =
  | { readonly ok: true; readonly resources: readonly FhirJson[] }
  | { readonly ok: false; readonly failure: EhrFailure };

/**
 * Searches a type and follows the pages, up to `maxPages` (20).
 * [!WARNING] A next link to another origin is refused, not followed: it would hand the EHR's token to a stranger.
 * @returns resources of the type asked for; outcomes and included ones are left out
 * @see https://hl7.org/fhir/R4/http.html#paging
 */
export async function searchAll(
  gateway: Gateway,
  type: string,
  parameters: URLSearchParams,
  maxPages = 20,
): Promise<SearchAnswer> {
  const base = new URL(gateway.base);
  const resources: FhirJson[] = [];
  let address = `${type}?${parameters}`;
  for (let page = 0; page < maxPages; page += 1) {
    const answer = await gateway.get(address, 'Bundle');
    if (!answer.ok) return answer;
    const { resource: bundle } = answer;
    if (bundle.type !== undefined && bundle.type !== 'searchset') {
      const outcome = 'the answer to a search is a Bundle of another kind';
      return { ok: false, failure: { status: 200, outcome, disposition: 'retry' } };
    }
    const entries = Array.isArray(bundle.entry) ? bundle.entry.filter(isObject) : [];
    const held = entries.map(({ resource }) => resource).filter(isFhirJson);
    const failed = held.find(saysError);
    // what was found beside it may not be all
    if (failed !== undefined) {
      const outcome = readOutcome(failed) ?? 'the search says that it failed';
      return { ok: false, failure: { status: 200, outcome, disposition: 'retry' } };
    }
    resources.push(...held.filter((fhirJson) => fhirJson.resourceType === type));
    const next = nextLink(answer.resource);
    if (next === undefined) return { ok: true, resources };
    const target = URL.parse(next, `${gateway.base}/`);
    if (target === null || target.origin !== base.origin) {
      const outcome = 'the next link of a search names another origin; it was not followed';
      return { ok: false, failure: { status: 200, outcome, disposition: 'reject' } };
    }
    address = target.href;
  }
  const outcome = `a search for ${type} has more than ${maxPages} pages`;
  return { ok: false, failure: { status: 200, outcome, disposition: 'reject' } };
}

function nextLink(bundle: FhirJson): string | undefined {
  const links = Array.isArray(bundle.link) ? bundle.link.filter(isObject) : [];
  const url = links.find(({ relation }) => relation === 'next')?.url;
  return typeof url === 'string' ? url : undefined;
}
