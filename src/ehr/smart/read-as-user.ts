import { hasCode } from '../../foundation/intersession-error.ts';
import { isObject } from '../../foundation/is-object.ts';
import { cleanTexts } from '../../foundation/plain-text.ts';
import type { FhirJson } from '../fhir-json.ts';
import { askServer, saysLater } from './ask-server.ts';
import type { SmartTenant } from './smart-tenant.ts';

/**
 * `refused`: this person may not, or there is none (an EHR need not say which); `expired`: the token is no longer taken;
 * `unusable`: what was answered is not the resource that was asked for.
 */
export type UserRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'refused' /** It was answered that there is none. */; readonly absent?: true }
  | { readonly ok: false; readonly why: 'expired' | 'unreachable' | 'unusable' };

/** Never cleaned: without a character it would be the id of something else. */
const idsAndCodes = new Set([
  'id',
  'reference',
  'url',
  'fullUrl',
  'system',
  'value',
  'code',
  'versionId',
  'resourceType',
]);

/** What a read as a person needs. */
export interface UserReader {
  readonly tenant: Pick<SmartTenant, 'id' | 'fhirBase' | 'timeZone'>;
  readonly accessToken: string;
  readonly timeoutMs: number;
  /** Now. */
  readonly at: Date;
  /** BCP 47, of those who read: the order of a name's parts, where the record does not say it. */
  readonly language?: string | undefined;
}

/**
 * Reads by a person's own token, so that the EHR decides what they may see. Names and words come without what no system can hold.
 *
 * [!WARNING] `path` is always made by us and relative to the tenant's FHIR base; a `next` link of a Bundle is never
 * followed, for it could name another host.
 */
export async function readAsUser(
  { tenant, accessToken, timeoutMs }: UserReader,
  path: string,
  type: string,
): Promise<UserRead<FhirJson>> {
  const headers = { accept: 'application/fhir+json', authorization: `Bearer ${accessToken}` };
  try {
    const url = new URL(`${tenant.fhirBase}/${path}`);
    const { status, json } = await askServer({ tenantId: tenant.id, timeoutMs }, url, { headers });
    if (status === 401) return { ok: false, why: 'expired' };
    if (saysLater(status)) return { ok: false, why: 'unreachable' };
    if (status === 404 || status === 410) return { ok: false, why: 'refused', absent: true };
    if (status >= 400) return { ok: false, why: 'refused' };
    if (status !== 200 || !isObject(json) || json.resourceType !== type) return { ok: false, why: 'unusable' };
    const held = cleanTexts(json, (key) => !idsAndCodes.has(key));
    return { ok: true, value: { ...(isObject(held) ? held : {}), resourceType: type } };
  } catch (error) {
    return { ok: false, why: hasCode(error, 'ehr-answer-unusable') ? 'unusable' : 'unreachable' };
  }
}

/** The resources of a searchset that are of the type asked for. */
export function entriesOf(bundle: FhirJson, type: string): FhirJson[] {
  const entries = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.flatMap((entry) => {
    const resource = isObject(entry) ? entry.resource : undefined;
    return isObject(resource) && resource.resourceType === type ? [{ ...resource, resourceType: type }] : [];
  });
}
