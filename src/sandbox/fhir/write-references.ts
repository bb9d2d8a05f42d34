import type { StoredResource } from '../resource.ts';
import { isObject } from '../resource.ts';
import { parseReference } from '../search/match-reference.ts';
import type { FaceServer } from './served-face.ts';

/** A resource whose references to this EHR's own resources are written as this site writes them. */
export function writeReferences({ site, base }: FaceServer, resource: StoredResource): StoredResource {
  const [absolute, versioned] = [site.has('absolute-references'), site.has('versioned-references')];
  if (!absolute && !versioned) return resource;
  const write = (reference: string): string => {
    const literal = parseReference(reference);
    if (literal === undefined || (literal.base !== undefined && literal.base !== base)) return reference;
    return `${absolute ? `${base}/` : ''}${literal.type}/${literal.id}${versioned ? '/_history/1' : ''}`;
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member)]));
    return typeof copy.reference === 'string' ? { ...copy, reference: write(copy.reference) } : copy;
  };
  return { ...resource, ...(walk(resource) as StoredResource) };
}
