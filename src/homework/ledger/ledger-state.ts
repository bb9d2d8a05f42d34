/** Where one artefact stands on its way into an EHR. */
export const ledgerStates = [
  'pending',
  'in-flight',
  'landed',
  'awaiting-review',
  'rejected',
  'unknown',
  'waiting',
  'withdrawn',
] as const;
export type LedgerState = (typeof ledgerStates)[number];

/** States whose rows can be tried again together. One that was withdrawn is not: each was a person's decision. */
export const retriedTogether = ['rejected', 'unknown', 'awaiting-review', 'waiting', 'pending'] as const;
export type RetriedTogether = (typeof retriedTogether)[number];
