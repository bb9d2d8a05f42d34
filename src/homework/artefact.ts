/** The nine things that may reach an EHR. A barrier's, belief's or confidence's Observation is a `measure`. */
export const artefacts = [
  'plan',
  'assignment',
  'occurrence',
  'log',
  'measure',
  'adherence',
  'feedback',
  'report',
  'safety',
] as const;

export type Artefact = (typeof artefacts)[number];
