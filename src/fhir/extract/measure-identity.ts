import type { Observation, Reference } from 'fhir/r4';
import { toIdentifier } from '../identity.ts';
import { identifierSystem } from '../systems.ts';
import { measureResourceId } from './measure-resource-id.ts';

/** By what a measure is known: the log, the item (or the score), the repetition. */
export interface MeasureIdentity {
  /** Of the identifier: `<log>#<linkId>[:<instance>]`. */
  readonly value: string;
  /** Of the resource. */
  readonly id: string;
}

export function measureIdentity(logId: string, linkId: string, instance?: string): MeasureIdentity {
  return {
    value: `${logId}#${linkId}${instance === undefined ? '' : `:${instance}`}`,
    id: measureResourceId(logId, linkId, instance),
  };
}

/** What one measure says of another. */
export function toMeasureReference({ id, value }: MeasureIdentity): Reference {
  return { reference: `Observation/${id}`, identifier: toIdentifier('measure', value) };
}

/** The identifier of a measure, whatever id a server gave it and whatever identifiers it added. */
export function identifierOf(observation: Observation): string {
  const ours = observation.identifier?.find((identifier) => identifier.system === identifierSystem('measure'));
  return ours?.value ?? `${observation.id}`;
}

/** The linkId by which a measure was made, of those that come into question. */
export function isMeasureOf(logId: string, linkId: string, identifier: string): boolean {
  const { value } = measureIdentity(logId, linkId);
  return identifier === value || identifier.startsWith(`${value}:`);
}
