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
