import type { CodeableConcept } from 'fhir/r4';
import { toCoding } from './terminology.ts';

/** A CodeableConcept of one code. */
export function toConcept(system: string, code: string, text?: string): CodeableConcept {
  return { coding: [toCoding(system, code)], ...(text !== undefined && { text }) };
}

/** The code that a concept has in a system, whatever other codings a server or a person added. */
export function codeIn(concept: CodeableConcept | undefined, system: string): string | undefined {
  return concept?.coding?.find((coding) => coding.system === system)?.code;
}
