import type { ElementDefinition } from 'fhir/r4';
import { isObject, type Json, type JsonObject } from './json-value.ts';
import type { Spot } from './locate-element.ts';

/** A coding that exists (so that only the binding or pattern can object) and that no homework value set holds. */
export const foreignCoding: JsonObject = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActMood', code: 'EVN' };

const absent: JsonObject = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };

/** Replaces the value at a spot. */
export function replaceAt(spot: Spot, value: Json): void {
  const property = spot.parent[spot.key];
  if (spot.index !== undefined && Array.isArray(property)) property[spot.index] = value;
  else spot.parent[spot.key] = value;
}

/** Removes spots of one parent; a parent that becomes empty keeps a data-absent-reason, as JSON `{}` is another error. */
export function removeSpots(spots: Spot[]): void {
  const parent = spots[0]?.parent;
  if (!parent) return;
  for (const key of new Set(spots.map((spot) => spot.key))) {
    const doomed = new Set(spots.filter((spot) => spot.key === key).map((spot) => spot.index));
    const property = parent[key];
    if (Array.isArray(property) && property.length > doomed.size) {
      parent[key] = property.filter((_, index) => !doomed.has(index));
    } else {
      delete parent[key];
      delete parent[`_${key}`];
    }
  }
  if (Object.keys(parent).length === 0) parent.extension = [absent];
}

/** The value with something in it that contradicts what a fixed[x] or pattern[x] requires. */
export function contradict(value: Json, required: Json): Json {
  if (Array.isArray(value)) {
    const wanted = Array.isArray(required) ? required[0] : required;
    return value.map((entry) => contradict(entry, wanted ?? null));
  }
  if (isObject(value)) {
    if (typeof value.code === 'string' && typeof value.system === 'string') return foreignCoding;
    const key = isObject(required) ? Object.keys(required).find((name) => value[name] !== undefined) : undefined;
    if (key === undefined || !isObject(required)) return value;
    return { ...value, [key]: contradict(value[key] ?? null, required[key] ?? null) };
  }
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return `${value}-broken`;
}

/** The value with a code outside every value set, or undefined when it carries no code. */
export function outsideValueSet(value: Json): Json | undefined {
  if (typeof value === 'string') return 'outside-the-value-set';
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.coding)) return { ...value, coding: [foreignCoding] };
  if (typeof value.unit === 'string' || typeof value.value === 'number')
    return { ...value, code: 'mm[Hg]', unit: 'mmHg' };
  return typeof value.code === 'string' ? foreignCoding : undefined;
}

/** Some value of a FHIR type, to put where a profile forbids one; undefined for a type that has no sample. */
export function sampleOf(type: NonNullable<ElementDefinition['type']>[number]): Json | undefined {
  if (type.code === 'Reference') {
    const target = type.targetProfile?.[0]?.split('/').at(-1) ?? 'Basic';
    return { reference: `${target === 'Resource' ? 'Basic' : target}/sample` };
  }
  return samples[type.code.replace('http://hl7.org/fhirpath/System.', '').replace(/^String$/, 'string')];
}

const samples: Record<string, Json> = {
  boolean: true,
  integer: 1,
  positiveInt: 1,
  unsignedInt: 1,
  decimal: 1.5,
  string: 'sample',
  markdown: 'sample',
  code: 'sample',
  id: 'sample',
  uri: 'https://example.org/sample',
  url: 'https://example.org/sample',
  canonical: 'https://example.org/sample|1',
  date: '2026-03-02',
  dateTime: '2026-03-02T10:00:00Z',
  instant: '2026-03-02T10:00:00Z',
  time: '10:00:00',
  CodeableConcept: { text: 'sample' },
  Coding: foreignCoding,
  Identifier: { system: 'https://example.org/id', value: 'sample' },
  Annotation: { text: 'sample' },
  Attachment: { contentType: 'text/plain', data: 'eA==' },
  Period: { start: '2026-03-02' },
  Quantity: { value: 1 },
  Duration: { value: 1, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
  Range: { low: { value: 1 } },
  Ratio: { numerator: { value: 1 }, denominator: { value: 2 } },
  SampledData: { origin: { value: 0 }, period: 1, dimensions: 1, data: '1' },
  Timing: { repeat: { count: 1 } },
  ContactDetail: { name: 'sample' },
  HumanName: { text: 'sample' },
  Extension: absent,
  BackboneElement: { extension: [absent] },
};
