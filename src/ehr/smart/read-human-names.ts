import { defined } from '../../foundation/defined.ts';
import { isObject } from '../../foundation/is-object.ts';
import { type NameOrder, nameOrder, type PersonName, sayName } from '../../homework/patient/say-name.ts';
import type { FhirJson } from '../fhir-json.ts';

const assemblyOrder = 'http://hl7.org/fhir/StructureDefinition/humanname-assembly-order';
const representation = 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation';
const language = 'http://hl7.org/fhir/StructureDefinition/language';

/**
 * A Patient's, Practitioner's or RelatedPerson's name in one line; undefined when it has no current one. What is no
 * HumanName in it is left out.
 * @param options.language BCP 47, of those who read it: counts where the resource names none
 * @see https://hl7.org/fhir/R4/datatypes.html#HumanName
 */
export function nameOf(
  resource: FhirJson,
  options: { readonly at: Date; readonly language?: string | undefined },
): string | undefined {
  return sayName(namesOf(resource), { at: options.at, languages: [text(resource.language), options.language] });
}

/** By what that name is put in order among others. */
export function nameOrderOf(
  resource: FhirJson,
  options: { readonly at: Date; readonly language?: string | undefined },
): NameOrder | undefined {
  return nameOrder(namesOf(resource), { at: options.at, languages: [text(resource.language), options.language] });
}

function namesOf({ name }: FhirJson): readonly PersonName[] {
  return (Array.isArray(name) ? name : [name]).filter(isObject).map(readName);
}

function readName(name: Record<string, unknown>): PersonName {
  const period = isObject(name.period) ? name.period : {};
  const first = orderOf(name);
  return defined({
    use: text(name.use),
    text: text(name.text),
    family: text(name.family),
    given: texts(name.given),
    prefix: texts(name.prefix),
    suffix: texts(name.suffix),
    start: text(period.start),
    end: text(period.end),
    first,
    language: text(extensionOf(name, language)?.valueCode),
  });
}

/** `F` or `G` of table 0444; a name that is written in ideographs or syllables has its family first. */
function orderOf(name: Record<string, unknown>): 'family' | 'given' | undefined {
  const order = extensionOf(name, assemblyOrder)?.valueCode;
  if (order === 'F') return 'family';
  if (order === 'G') return 'given';
  const written = extensionOf(name, representation)?.valueCode;
  return written === 'IDE' || written === 'SYL' ? 'family' : undefined;
}

function extensionOf({ extension }: Record<string, unknown>, url: string): Record<string, unknown> | undefined {
  return Array.isArray(extension) ? extension.filter(isObject).find((entry) => entry.url === url) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((value) => text(value) ?? []);
}
