import { randomUUID } from 'node:crypto';
import type { ScopeLetter } from './../auth/scope-letter.ts';
import type { SearchParameter } from '../definitions.ts';
import type { TypeInteraction } from '../faces.ts';
import type { StoredResource } from '../resource.ts';
import type { SearchOffer } from '../search/parse-search.ts';
import type { Answer } from './answer.ts';
import type { FaceServer } from './served-face.ts';
import { shown } from './shown.ts';

/** What the caller's token lets it do. */
export interface Permit {
  /** `Practitioner/<id>` or `Patient/<id>`; undefined for a backend client. */
  user: string | undefined;
  /** True when some scope covers the interaction letter (c r u d s) on the type, with or without conditions. */
  covers(type: string, letter: ScopeLetter): boolean;
  /** True when some scope covers it on the type for this patient's record. */
  coversPatient(type: string, letter: ScopeLetter, patientId: string): boolean;
  /** True when some scope covers it on this very resource. */
  coversResource(letter: ScopeLetter, resource: { resourceType: string }): boolean;
}

/** One FHIR request, by HTTP or as an entry of a Bundle. */
export interface Call {
  query: URLSearchParams;
  body: unknown;
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  ifNoneExist: string | undefined;
  /** `Prefer: handling=strict`. */
  strict: boolean;
  requestId: string;
  permit: Permit;
}

/** The SMART v2 letter each interaction needs. */
export const letterOf: Readonly<Record<TypeInteraction, ScopeLetter>> = {
  read: 'r',
  vread: 'r',
  'history-instance': 'r',
  'search-type': 's',
  create: 'c',
  update: 'u',
  patch: 'u',
  delete: 'd',
};

/** Which search parameters the face offers. */
export function searchOffer({ face, definitions }: FaceServer): SearchOffer {
  return {
    includes: face.includes,
    parameter(type: string, code: string): SearchParameter | undefined {
      const offered = face.types.get(type)?.searchParameters;
      if (offered === undefined || (offered !== 'all' && !offered.includes(code))) return undefined;
      return definitions.searchParameters(type).get(code);
    },
  };
}

/** The answer that shows one stored resource. */
export function resourceAnswer(server: FaceServer, status: number, resource: StoredResource): Answer {
  const { lastUpdated } = resource.meta;
  return {
    status,
    body: shown(server, resource),
    ...placeAnswer(server, status, resource),
    lastModified: lastUpdated,
  };
}

function placeAnswer(server: FaceServer, status: number, resource: StoredResource): Pick<Answer, 'etag' | 'location'> {
  const { versionId } = resource.meta;
  if (status === 201 && server.site.has('location-unreadable')) return { location: `urn:uuid:${randomUUID()}` };
  return {
    etag: `W/"${versionId}"`,
    location: `${server.base}/${resource.resourceType}/${resource.id}/_history/${versionId}`,
  };
}

const lagMs = 2000;

/** Whether a search does not show it yet: this site's index is written behind the record. */
export function lagsBehind({ site }: FaceServer, { meta }: StoredResource): boolean {
  return site.has('search-lags') && Date.now() - Date.parse(meta.lastUpdated) < lagMs;
}
