import type { ArchivedPart } from '../../fhir/archive/archived-plan.ts';

/** Anything that has a row of its own. */
export interface ArchivedRow {
  readonly id: string;
  readonly planId?: string;
  readonly patientId: string;
}

/** Notes what is wrong with an element of a row. */
export type Say = (part: ArchivedPart, row: Pick<ArchivedRow, 'id'>, field: string, problem: string) => void;
