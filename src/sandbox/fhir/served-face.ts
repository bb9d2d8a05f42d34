import type { Definitions } from '../definitions.ts';
import type { Face } from '../faces.ts';
import type { Reviews } from '../reviews.ts';
import type { Site } from '../site.ts';
import type { ResourceStore } from '../store/resource-store.ts';

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
