import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Tenants } from './fhir-caller.ts';

/** What clients of FHIR servers send; a browser asks for each of them before it does. */
const allowedHeaders = [
  ...['Accept', 'Authorization', 'Cache-Control', 'Content-Type', 'If-Modified-Since', 'If-None-Match', 'Pragma'],
  ...['Prefer', 'X-FHIR-Starter', 'X-Request-Id', 'X-Requested-With'],
];
const exposedHeaders = [
  ...['Allow', 'ETag', 'Last-Modified', 'Location', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
];
/** How long a browser may remember a preflight. */
const maxAgeSeconds = 600;

/**
 * Opens an address to pages of any origin, for it shows nothing that its caller does not know, or is a capability itself.
 * Never with credentials: no cookie and no client certificate counts here.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function openToAnyOrigin(...methods: readonly string[]): RequestHandler {
  return open('*', methods);
}

/** Opens a tenant's endpoint to pages of the origins that the tenant registers (`fhirOrigins`), and to no others. */
export function openToTenantOrigins(tenants: Tenants): RequestHandler {
  return (request, response, next) => {
    if (response.hasHeader('Access-Control-Allow-Origin')) return next();
    response.vary('Origin');
    const origin = request.get('Origin');
    const { fhirOrigins = [] } = tenants.get(String(request.params.tenant)) ?? {};
    if (origin === undefined || !fhirOrigins.includes(origin)) return next();
    return open(origin, ['GET', 'HEAD', 'POST'])(request, response, next);
  };
}

function open(origin: string, methods: readonly string[]): RequestHandler {
  const answer = cors({
    ...{ origin, methods: [...methods], allowedHeaders, exposedHeaders, maxAge: maxAgeSeconds },
    credentials: false,
  });
  // an OPTIONS that no browser sent is a method like any other
  return (request, response, next) => {
    const asked = request.method === 'OPTIONS' && request.get('Access-Control-Request-Method') === undefined;
    if (asked) next();
    else answer(request, response, next);
  };
}
