import { parseLiteral, relativeOf } from './parse-reference.ts';

/**
 * A copy of a resource from a server in which the references to that server's own resources are relative, as the domain
 * writes them (without `_history`). Those to any other server stay as they are: they are nobody's here.
 * @param base of the server that it came from
 */
export function relativeReferences<R extends object>(resource: R, base: string): R {
  return rewritten(resource, base);
}

function rewritten<T>(value: T, base: string): T;
function rewritten(value: unknown, base: string): unknown {
  if (Array.isArray(value)) return value.map((value) => rewritten(value, base));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) copy[key] = rewritten(member, base);
  if (typeof copy.reference !== 'string') return copy;
  const literal = parseLiteral(copy.reference, { ehr: base });
  return literal.form === 'local' ? { ...copy, reference: relativeOf(literal) } : copy;
}
