import { randomUUID } from 'node:crypto';
import type { Definitions, SearchParameter } from '../definitions.ts';
import type { Face, TypeInteraction } from '../faces.ts';
import type { StoredResource } from '../resource.ts';
import type { Reviews } from '../reviews.ts';
import type { SearchOffer } from '../search/parse-search.ts';
import type { Site } from '../site.ts';
import type { ResourceStore } from '../store/resource-store.ts';
import { shown } from './shown.ts';

/** Where a face's authorization server answers; it has an origin of its own. */
export interface AuthorizationEndpoints {
  issuer: string;
  authorize: string;
  token: string;
  introspect: string;
  revoke: string;
  jwks: string;
}

/** One face at work: its offer, its store, its address. */
export interface FaceServer {
  /** As it is now: what tests changed of the site is in it. */
  readonly face: Face;
  site: Site;
  /** All faces of this EHR. */
  faces: readonly Face[];
  /** Writes held for somebody to look at. */
  reviews: Reviews;
  store: ResourceStore;
  definitions: Definitions;
  /** FHIR base, without a slash at the end. */
  base: string;
  /** This face's authorization server. */
  authorization: AuthorizationEndpoints;
}

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

/** Letters of a SMART v2 scope. */
export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's';

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

/** What is answered: a resource or a Bundle (or nothing) and the headers that tell of it. */
export interface Answer {
  status: number;
  body?: { resourceType: string };
  etag?: string;
  lastModified?: string;
  location?: string;
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
