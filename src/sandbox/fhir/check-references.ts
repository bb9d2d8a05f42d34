import { FhirError, type Issue, refuse } from '../fhir-error.ts';
import { type FhirResource, isObject } from '../resource.ts';
import { parseReference } from '../search/match-reference.ts';
import type { Draft } from '../store/draft.ts';
import type { FaceServer } from './served-face.ts';

/** Calls a visitor for each Reference.reference, with the FHIRPath to it. */
export function visitReferences(resource: FhirResource, visit: (reference: string, path: string) => void): void {
  walk(resource, resource.resourceType, visit);
}

function walk(value: unknown, path: string, visit: (reference: string, path: string) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`, visit);
  } else if (isObject(value)) {
    if (typeof value.reference === 'string') visit(value.reference, path);
    for (const [name, item] of Object.entries(value))
      if (name !== 'reference' || typeof item !== 'string') walk(item, `${path}.${name}`, visit);
  }
}

/**
 * Referential integrity: every literal reference into this server must lead to a resource that is there.
 * @throws FhirError 422 with one issue for each reference that does not
 */
export function checkReferences(server: FaceServer, draft: Draft, resource: FhirResource, ownId: string): void {
  const issues: Issue[] = [];
  visitReferences(resource, (reference, path) => {
    if (reference.startsWith('#')) return; // contained: the structural check knows
    const literal = parseReference(reference);
    if (literal?.base !== undefined && literal.base !== server.base) return; // another server's
    if (literal === undefined && /^https?:\/\//.test(reference)) return;
    const self = literal?.type === resource.resourceType && literal.id === ownId;
    if (literal !== undefined && (self || draft.exists(literal.type, literal.id))) return;
    const problem = literal === undefined ? 'not a reference this server can resolve' : 'referenced resource not found';
    issues.push({ severity: 'error', code: 'not-found', diagnostics: `${path}: ${problem}`, expression: [path] });
  });
  if (issues.length > 0) throw new FhirError(422, issues);
}

/** @throws FhirError 409 when a resource would be left referring to the deleted `Type/id` */
export function checkUnreferenced(server: FaceServer, draft: Draft, type: string, id: string): void {
  for (const candidateType of server.face.types.keys()) {
    for (const candidate of draft.list(candidateType)) {
      visitReferences(candidate, (reference) => {
        const literal = parseReference(reference);
        const local = literal?.base === undefined || literal.base === server.base;
        if (!local || literal?.type !== type || literal.id !== id) return;
        throw refuse(409, 'conflict', `${candidateType}/${candidate.id} refers to this resource`);
      });
    }
  }
}
