import type { Observation } from 'fhir/r4';
import { defined } from '../foundation/defined.ts';
import { toConcept } from './concept.ts';
import { foreignCodeSystems, ourCodeSystems } from './systems.ts';

/** A row that the customer built in the EHR's flowsheets. */
export interface ObservationRow {
  readonly system: string;
  readonly code: string;
  readonly display?: string | undefined;
}

/** The code of ours that an Observation has; undefined when it has none. */
export function ownCode({ code }: Pick<Observation, 'code'>): string | undefined {
  return code?.coding?.find(({ system }) => system === ourCodeSystems.measure)?.code;
}

/**
 * An Observation as a reading of a flowsheet row: the customer's code first and ours beside it, filed under vital-signs,
 * which is the category such rows are written to.
 * @see https://hl7.org/fhir/R4/observation.html
 */
export function toObservationRow(observation: Observation, row: ObservationRow): Observation {
  const { system, code, display } = row;
  const coding = { system, code, ...defined({ display }) };
  const { code: ours, note: _tooLongForSome, ...rest } = observation;
  return {
    ...rest,
    category: [toConcept(foreignCodeSystems.observationCategory, 'vital-signs')],
    code: { ...ours, coding: [coding, ...(ours.coding ?? [])] },
  };
}
