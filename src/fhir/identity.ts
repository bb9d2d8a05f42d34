import type { Identifier, Reference } from 'fhir/r4';
import type { EhrReference } from '../homework/model.ts';
import { expectElement } from './expect-element.ts';
import { parseReference, relativeOf } from './parse-reference.ts';
import { type Identified, identifiedTypes, identifierSystem } from './systems.ts';

/** The business identifier of a resource of ours; it stays the same wherever the resource comes to stand. */
export function toIdentifier(identified: Identified, value: string): Identifier {
  return { system: identifierSystem(identified), value };
}

/**
 * Our id out of a resource's identifiers, whatever id a server gave the resource and whatever identifiers it added.
 * @throws IntersessionError `invalid-request` when none is of that system
 */
export function fromIdentifiers(identifiers: readonly Identifier[] | undefined, identified: Identified): string {
  return expectElement(
    identifierValue(identifiers, identified),
    `identifier of system ${identifierSystem(identified)}`,
  );
}

function identifierValue(identifiers: readonly Identifier[] | undefined, identified: Identified): string | undefined {
  return identifiers?.find(({ system }) => system === identifierSystem(identified))?.value;
}

/**
 * A reference to a resource of ours: literal for those who hold it, with the identifier so that it still says what it
 * means where the literal part had to be changed or left out.
 * @see https://hl7.org/fhir/R4/references.html#logical
 */
export function toOwnReference(identified: Identified, id: string): Reference {
  return { reference: `${identifiedTypes[identified]}/${id}`, identifier: toIdentifier(identified, id) };
}

/** Our id out of a reference, if the reference points to that sort of resource of ours. */
export function fromOwnReference(reference: Reference | undefined, identified: Identified): string | undefined {
  if (reference === undefined) return undefined;
  return identifierValue(reference.identifier && [reference.identifier], identified);
}

/** Our id out of the first of several references that points to that sort of resource of ours. */
export function fromOwnReferences(
  references: readonly Reference[] | undefined,
  identified: Identified,
): string | undefined {
  for (const reference of references ?? []) {
    const id = fromOwnReference(reference, identified);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** A reference into the EHR's own record. */
export function toEhrReference(reference: EhrReference): Reference {
  return { reference };
}

/**
 * The reference into the EHR's record as the domain writes it: `Practitioner/17`, without a version. undefined for one
 * that leads anywhere else: another server's Practitioner is none of ours. What a server made absolute is read with
 * `relativeReferences` first.
 */
export function fromEhrReference(reference: Reference | undefined): EhrReference | undefined {
  const literal = reference === undefined ? undefined : parseReference(reference, {});
  return literal?.form === 'local' ? relativeOf(literal) : undefined;
}

/** The references into the EHR's record among several; those that lead elsewhere are left out. */
export function fromEhrReferences(references: readonly Reference[] | undefined): EhrReference[] {
  return (references ?? []).map(fromEhrReference).filter((reference) => reference !== undefined);
}

/** The patient that a resource is about. */
export function toPatientReference(patientId: string): Reference {
  return { reference: `Patient/${patientId}` };
}

/**
 * The bare id of the patient that a resource is about.
 * @throws IntersessionError `invalid-request` when the reference isn't to a Patient
 */
export function fromPatientReference(reference: Reference | undefined, path: string): string {
  const literal = reference === undefined ? undefined : parseReference(reference, {});
  return expectElement(literal?.form === 'local' && literal.type === 'Patient' ? literal.id : undefined, path);
}
