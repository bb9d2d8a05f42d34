/** What must hold of a step so that another opens after it. */
export type UnlockCriterion =
  | { readonly type: 'logs-done'; readonly count: number }
  /** The kind's own item says that the behaviour was done (e.g. "spoke once"). */
  | { readonly type: 'behaviour-done' }
  | {
      readonly type: 'measure-reached';
      readonly linkId: string;
      readonly comparator: '<=' | '>=';
      readonly value: number;
    }
  | { readonly type: 'measure-fell'; readonly linkId: string; readonly by: number }
  | { readonly type: 'clinician-approves' };

export type UnlockRule =
  /** Unlocked as soon as the plan is active. */
  | { readonly type: 'at-start' }
  /** Unlocked by a clinician, with a reason, and by nothing else. */
  | { readonly type: 'by-clinician' }
  /** Unlocked when `criterion` holds of the assignment whose key is `after`. */
  | { readonly type: 'after'; readonly after: string; readonly criterion: UnlockCriterion };
