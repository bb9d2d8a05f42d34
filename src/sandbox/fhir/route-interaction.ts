import type { TypeInteraction } from '../faces.ts';
import { refuse } from '../fhir-error.ts';
import { logicalId } from '../logical-id.ts';

/** What a request asks for, read from its method and its path below the FHIR base. */
export type Route =
  | { interaction: 'capabilities' | 'bundle' }
  | { interaction: Exclude<TypeInteraction, 'vread'>; type: string; id?: string }
  | { interaction: 'vread'; type: string; id: string; version: string }
  /** Something FHIR defines but this server has nowhere: patch, conditional delete, whole-system search, an operation. */
  | { interaction: 'other'; name: string };

const ID = new RegExp(`^${logicalId}$`);
const TYPE = /^[A-Z][A-Za-z]+$/;

/**
 * Reads method and path.
 * @throws FhirError 404 for a path that FHIR does not know
 * @see https://hl7.org/fhir/R4/http.html
 */
export function routeInteraction(method: string, path: string): Route {
  const segments = path.split('/').filter((segment) => segment !== '');
  const [type, id, history, version, ...rest] = segments;
  if (type === undefined) return method === 'POST' ? { interaction: 'bundle' } : other(method);
  if (method === 'GET' && segments.length === 1 && type === 'metadata') return { interaction: 'capabilities' };
  if (!TYPE.test(type) || rest.length > 0) {
    if (type.startsWith('$') || type.startsWith('_')) return other(type);
    throw notFound();
  }
  if (id === undefined) return typeRoute(method, type);
  if (id === '_search' && method === 'POST' && history === undefined) return { interaction: 'search-type', type };
  if (id.startsWith('$') || id.startsWith('_')) return other(id);
  if (!ID.test(id)) throw refuse(400, 'value', 'Not a valid logical id');
  if (history === undefined) return instanceRoute(method, type, id);
  if (history.startsWith('$')) return other(history);
  if (history !== '_history') throw notFound();
  if (method !== 'GET') return other(method);
  return version === undefined
    ? { interaction: 'history-instance', type, id }
    : { interaction: 'vread', type, id, version };
}

function typeRoute(method: string, type: string): Route {
  if (method === 'GET') return { interaction: 'search-type', type };
  if (method === 'POST') return { interaction: 'create', type };
  if (method === 'PUT') return { interaction: 'update', type };
  return other(method);
}

function instanceRoute(method: string, type: string, id: string): Route {
  if (method === 'GET') return { interaction: 'read', type, id };
  if (method === 'PUT') return { interaction: 'update', type, id };
  if (method === 'PATCH') return { interaction: 'patch', type, id };
  if (method === 'DELETE') return { interaction: 'delete', type, id };
  return other(method);
}

function other(name: string): Route {
  return { interaction: 'other', name };
}

function notFound() {
  return refuse(404, 'not-found', 'No such FHIR endpoint');
}
