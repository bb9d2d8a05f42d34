import type { MappingContext } from './mapping-context.ts';

/** What the projection of a safety signal needs beside the signal: it belongs to a patient, not to a plan. */
export interface SafetyContext extends Pick<MappingContext, 'tenantName' | 'sensitivity' | 'sourceName'> {
  /** IANA zone in which times are written. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string;
}
