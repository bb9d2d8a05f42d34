import type { FaceServer } from '../fhir/served-face.ts';

/** This EHR's FHIR base as its launches spell it. */
export function issOf({ site, base }: FaceServer): string {
  return site.has('iss-with-slash') ? `${base}/` : base;
}
