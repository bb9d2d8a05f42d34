import { isObject, listOf, type StoredResource } from '../resource.ts';
import { describeName } from './describe-name.ts';
import { describePeriod, describeTime } from './describe-time.ts';
import { type Content, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** The words of a CodeableConcept, Coding or code. */
export function describeConcept(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  if (typeof value.text === 'string') return value.text;
  if (typeof value.display === 'string') return value.display;
  const codings = listOf(value.coding).filter(isObject);
  const named = codings.find((coding) => typeof coding.display === 'string') ?? codings[0];
  const words = named?.display ?? named?.code ?? value.code;
  return typeof words === 'string' ? words : undefined;
}

/** Who or what a Reference means: its display, else the name, title or words of its target, else the reference itself. */
export function describeReference(reference: unknown, record: PatientRecord): string | undefined {
  if (!isObject(reference)) return undefined;
  const target = record.follow(reference);
  const words = target && (describeName(target) ?? describeTitle(target));
  if (typeof reference.display === 'string') {
    // whom this EHR knows by name is named, and what the sender says of them stands beside it
    const person = target !== undefined && target.name !== undefined ? words : undefined;
    return person === undefined || reference.display.includes(person)
      ? reference.display
      : `${person} (${reference.display})`;
  }
  if (words !== undefined) return words;
  const identifier = isObject(reference.identifier) ? reference.identifier.value : undefined;
  const text = reference.reference ?? identifier;
  return typeof text === 'string' ? text : undefined;
}

/** What to call a resource. */
export function describeTitle(resource: StoredResource): string {
  const described = isObject(resource.description) ? resource.description.text : resource.description;
  const words = resource.title ?? describeConcept(resource.code) ?? described ?? describeConcept(resource.type);
  return typeof words === 'string' ? words : resource.resourceType;
}

/** The value of an element `<name>[x]`; undefined when the element is not there at all. */
export function describeValue(owner: Record<string, unknown>, name: string, record: PatientRecord): Content {
  for (const [element, value] of Object.entries(owner)) {
    const isChoice = element.startsWith(name) && /^[A-Z]/.test(element.slice(name.length));
    if (isChoice && value !== undefined) return describeTyped(element.slice(name.length), value, record);
  }
  const withheld = Object.entries(owner).find(([element]) => element === `_${name}` || element.startsWith(`_${name}`));
  const reason = absentReason(withheld?.[1]) ?? absentReason(owner) ?? describeConcept(owner.dataAbsentReason);
  return reason === undefined
    ? undefined
    : html`<span class="absent">${reason === 'masked' ? 'withheld' : reason}</span>`;
}

function absentReason(element: unknown): string | undefined {
  if (!isObject(element)) return undefined;
  const extension = listOf(element.extension).find((candidate) => isObject(candidate) && candidate.url === ABSENT);
  return isObject(extension) ? String(extension.valueCode) : undefined;
}

function describeTyped(type: string, value: unknown, record: PatientRecord): Content {
  switch (type) {
    case 'Quantity': {
      if (!isObject(value)) return undefined;
      return `${value.comparator ?? ''}${value.value ?? ''} ${value.unit ?? value.code ?? ''}`.trim();
    }
    case 'Boolean':
      return value === true ? 'Yes' : 'No';
    case 'CodeableConcept':
    case 'Coding':
      return describeConcept(value);
    case 'Reference':
      return describeReference(value, record);
    case 'Date':
    case 'DateTime':
    case 'Instant':
      return describeTime(value, record.zone);
    case 'Period':
      return describePeriod(value, record.zone);
    case 'Timing':
      return describeTiming(value, record);
    case 'Range':
      return isObject(value)
        ? [describeTyped('Quantity', value.low, record), ' – ', describeTyped('Quantity', value.high, record)]
        : undefined;
    default:
      return isObject(value) ? (describeConcept(value) ?? JSON.stringify(value)) : String(value);
  }
}

function describeTiming(value: unknown, record: PatientRecord): Content {
  if (!isObject(value)) return undefined;
  const words = describeConcept(value.code);
  const repeat = isObject(value.repeat) ? value.repeat : {};
  const count = repeat.count === undefined ? undefined : `${repeat.count} ×`;
  const rhythm =
    repeat.period === undefined ? undefined : `${repeat.frequency ?? 1} per ${repeat.period} ${repeat.periodUnit}`;
  const bounds = describePeriod(repeat.boundsPeriod, record.zone);
  const parts = [words, count, rhythm, bounds].filter((part) => part !== undefined);
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}
