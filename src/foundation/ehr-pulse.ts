/**
 * How an EHR has been answering: `slow`: some of its doors (`search Task`) do not answer in time, others do; `silent`: none
 * does, of those that were tried since. `since` is an instant in UTC, as `Date.prototype.toISOString` writes it.
 */
export type EhrPulse =
  | { readonly state: 'answers' }
  | { readonly state: 'slow' | 'silent'; readonly since: string; readonly doors: readonly string[] };
