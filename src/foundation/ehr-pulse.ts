/**
 * How an EHR has been answering: `slow`: some kinds of request (`search Task`) are not answered in time, others are;
 * `silent`: none is, of those that were tried since. `how` they end: `late`: the time of at least one ran out; `unreached`: there
 * was no connection; `cut`: it broke off. `since` is an instant in UTC, as `Date.prototype.toISOString` writes it.
 */
export type EhrPulse =
  | { readonly state: 'answers' }
  | {
      readonly state: 'slow' | 'silent';
      readonly how: 'late' | 'unreached' | 'cut';
      readonly since: string;
      readonly requestKinds: readonly string[];
    };
