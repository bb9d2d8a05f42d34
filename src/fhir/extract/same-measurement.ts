import type { Coding, Observation, ObservationComponent, Reference } from 'fhir/r4';
import { foreignCodeSystems } from '../systems.ts';
import { toCoding } from '../terminology.ts';
import { maskedValue } from './measured-value.ts';
import { TIME_OFFSET } from './sdc.ts';

/**
 * Whether two Observations say the same: same value and parts, of the same others, for the same moment; words and order do not
 * matter, nor what stands for a reference.
 */
export function sameMeasurement(observation: Observation, other: Observation): boolean {
  return keyOf(observation) === keyOf(other);
}

function keyOf(observation: Observation): string {
  const { component, hasMember, derivedFrom } = observation;
  return JSON.stringify([
    valueKey(observation),
    Date.parse(observation.effectiveDateTime ?? ''),
    component?.map(componentKey).sort(),
    hasMember?.map(referenceKey).sort(),
    derivedFrom?.map(referenceKey).sort(),
  ]);
}

type Valued = Pick<
  ObservationComponent,
  | 'valueInteger'
  | 'valueQuantity'
  | 'valueString'
  | 'valueBoolean'
  | 'valueDateTime'
  | 'valueTime'
  | 'valueCodeableConcept'
>;

function valueKey({ valueQuantity: quantity, valueCodeableConcept: concept, ...valued }: Valued): readonly unknown[] {
  const coding = concept?.coding?.[0];
  return [
    valued.valueInteger,
    quantity && [quantity.value, quantity.system, quantity.code, quantity.comparator],
    valued.valueString,
    valued.valueBoolean,
    valued.valueDateTime,
    valued.valueTime,
    coding && [coding.system, coding.code],
  ];
}

function componentKey({ code, extension, ...valued }: ObservationComponent): string {
  const offset = extension?.find(({ url }) => url === TIME_OFFSET)?.valueInteger;
  return JSON.stringify([code.coding?.map(({ system, code }) => [system, code]), offset, valueKey(valued)]);
}

const referenceKey = ({ identifier, reference }: Reference): string => identifier?.value ?? reference ?? '';

/**
 * An Observation that tells nothing any more: what stood in it before the patient chose not to share it must not stay readable, nor what
 * it was a panel of, nor a time that was an answer itself.
 * @param performedAt dateTime of the log, which tells of no reading when it was taken
 */
export function withoutValue(observation: Observation, performedAt: string): Observation {
  const security = observation.meta?.security ?? [];
  if (security.some(isRedacted)) return observation;
  const { interpretation: _told, hasMember: _named, component, ...rest } = hidden(observation);
  return {
    ...rest,
    effectiveDateTime: performedAt,
    meta: { ...rest.meta, security: [...security, toCoding(foreignCodeSystems.observationValue, 'REDACTED')] },
    ...(component && { component: component.map(({ code, ...valued }) => ({ code, ...onlyMask(valued) })) }),
  };
}

/** Whether a label says that something was taken out. */
export function isRedacted(label: Coding): boolean {
  return label.system === foreignCodeSystems.observationValue && label.code === 'REDACTED';
}

function hidden(observation: Observation): Observation {
  const {
    valueInteger,
    valueQuantity,
    valueString,
    valueBoolean,
    valueDateTime,
    valueTime,
    valueCodeableConcept,
    ...rest
  } = observation;
  const value = {
    valueInteger,
    valueQuantity,
    valueString,
    valueBoolean,
    valueDateTime,
    valueTime,
    valueCodeableConcept,
  };
  const hadNone = Object.values(value).every((each) => each === undefined);
  // a panel has none to hide
  return hadNone ? rest : { ...rest, ...maskedValue(value) };
}

function onlyMask(valued: Valued): Valued {
  const { valueInteger, valueQuantity, valueString, valueBoolean, valueDateTime, valueTime, valueCodeableConcept } =
    valued;
  return maskedValue({
    ...{ valueInteger, valueQuantity, valueString, valueBoolean, valueDateTime, valueTime, valueCodeableConcept },
  });
}
