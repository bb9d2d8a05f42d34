import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../fhir-error.ts';
import { isObject } from '../resource.ts';

/**
 * Applies a JSON Patch (add, replace, remove, test) to a copy.
 * @throws FhirError 400 for a patch that is none or fits nowhere, 422 when a test does not hold
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function applyJsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw refuse(400, 'structure', 'The body is not a JSON Patch');
  const result = structuredClone(document);
  for (const [index, step] of patch.entries()) applyStep(result, step, index);
  return result;
}

function applyStep(document: unknown, step: unknown, index: number): void {
  const path = isObject(step) && typeof step.path === 'string' ? step.path : undefined;
  if (!isObject(step) || path === undefined || !path.startsWith('/')) throw unfit(index);
  const keys = path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  if (['__proto__', 'constructor', 'prototype'].some((key) => key === last || keys.includes(key))) throw unfit(index);
  let parent: unknown = document;
  for (const key of keys) parent = isObject(parent) || Array.isArray(parent) ? Reflect.get(parent, key) : undefined;
  if (Array.isArray(parent)) applyToList(parent, last, step, index);
  else if (isObject(parent)) applyToObject(parent, last, step, index);
  else throw unfit(index);
}

function applyToObject(parent: Record<string, unknown>, key: string, step: Record<string, unknown>, index: number) {
  const { op, value } = step;
  if (op === 'add') parent[key] = value;
  else if (!(key in parent)) throw unfit(index);
  else if (op === 'replace') parent[key] = value;
  else if (op === 'remove') delete parent[key];
  else if (op === 'test') check(parent[key], value, index);
  else throw unfit(index);
}

function applyToList(parent: unknown[], key: string, step: Record<string, unknown>, index: number) {
  const { op, value } = step;
  const place = key === '-' && op === 'add' ? parent.length : /^\d+$/.test(key) ? Number(key) : -1;
  if (place < 0 || place > parent.length || (op !== 'add' && place === parent.length)) throw unfit(index);
  if (op === 'add') parent.splice(place, 0, value);
  else if (op === 'replace') parent[place] = value;
  else if (op === 'remove') parent.splice(place, 1);
  else if (op === 'test') check(parent[place], value, index);
  else throw unfit(index);
}

function check(found: unknown, expected: unknown, index: number): void {
  if (!isDeepStrictEqual(found, expected)) throw refuse(422, 'business-rule', `Patch step ${index}: the test fails`);
}

function unfit(index: number) {
  return refuse(400, 'invalid', `Patch step ${index} does not fit the resource`);
}
