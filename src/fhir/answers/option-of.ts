import type { Coding as FhirCoding, QuestionnaireItem } from 'fhir/r4';
import type { Coding } from '../../homework/model.ts';

/** `ourExtensions.alsoRead`, written out: the app reads answers, and nothing of the systems. */
const ALSO_READ = 'https://intersession.dev/fhir/StructureDefinition/also-read';

/**
 * The option of an item that a coding stands for, with all that the questionnaire says of it: by its own code, or by another that the
 * questionnaire says is read as it (extension `also-read` on the option's coding), as older exports of a form have it.
 */
export function optionOf(item: QuestionnaireItem | undefined, coding: Coding): FhirCoding | undefined {
  const options = item?.answerOption ?? [];
  const own = options.find(({ valueCoding }) => valueCoding && sameCode(valueCoding, coding));
  return (own ?? options.find(({ valueCoding }) => valueCoding && alsoRead(valueCoding, coding)))?.valueCoding;
}

/** The option of an item that has that code, whatever its system; undefined: none has it, or more than one, and nobody knows which is meant. */
export function onlyOptionWith(item: QuestionnaireItem | undefined, code: string): FhirCoding | undefined {
  const [only, ...more] = (item?.answerOption ?? []).flatMap(({ valueCoding }) =>
    valueCoding?.code === code ? [valueCoding] : [],
  );
  return more.length === 0 ? only : undefined;
}

/** Code and system decide; a display is only for reading. */
export function sameCode(entry: { system?: string | undefined; code?: string | undefined }, other: Coding): boolean {
  return entry.code === other.code && (entry.system ?? '') === other.system;
}

function alsoRead({ extension = [] }: FhirCoding, coding: Coding): boolean {
  return extension.some(
    ({ url, valueCoding }) => url === ALSO_READ && valueCoding !== undefined && sameCode(valueCoding, coding),
  );
}
