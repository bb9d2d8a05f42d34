import type { Instant } from '../model.ts';

/**
 * How an EHR has been answering: `slow`: some of its doors (`search Task`) do not answer in time, others do; `silent`: none
 * does, of those that were tried since.
 */
export type EhrPulse =
  | { readonly state: 'answers' }
  | { readonly state: 'slow' | 'silent'; readonly since: Instant; readonly doors: readonly string[] };
