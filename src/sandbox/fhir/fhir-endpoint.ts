import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { AuthorizationServer } from '../auth/authorization-server.ts';
import { permitOf } from '../auth/permit.ts';
import type { Fault, Faults } from '../faults.ts';
import { operationOutcome, refuse } from '../fhir-error.ts';
import type { RequestLog } from '../store/request-log.ts';
import type { Answer } from './answer.ts';
import { capabilityStatement } from './capability-statement.ts';
import type { Permit } from './face-server.ts';
import { inBetween } from './in-between.ts';
import { checkOffered, checkPermitted, perform } from './perform.ts';
import { callOf, checkMediaTypes, jsonTypes, patchType, prefers } from './read-request.ts';
import { type Route, routeInteraction } from './route-interaction.ts';
import { runBundle } from './run-bundle.ts';
import type { FaceServer } from './served-face.ts';
import { toFhirError } from './to-fhir-error.ts';

/** What the HTTP side of one face needs. */
export interface EndpointOptions {
  server: FaceServer;
  authorization: AuthorizationServer;
  faults: Faults;
  requests: RequestLog;
  log: Logger;
}

/** The request as far as it has been understood. */
interface Trace {
  time: string;
  type: string;
  id: string | null;
  requestId: string;
  fault: Fault | undefined;
  route: Route | undefined;
  permit: Permit | undefined;
}

const BODY_LIMIT = '1mb';
const DRIP_MS = 5000;
const REQUEST_ID = /^[\w.:~-]{1,128}$/;

/** One face over HTTP: faults, authorization, content negotiation, interaction, answer, request log. */
export function fhirEndpoint(options: EndpointOptions): Router {
  const { server, faults, requests, log } = options;
  const face = server.face.name;
  const between = inBetween(server.site);
  const traces = new WeakMap<Request, Trace>();

  function traceOf(request: Request): Trace {
    let trace = traces.get(request);
    if (trace === undefined) {
      const sent = request.get('x-request-id');
      const requestId = sent !== undefined && REQUEST_ID.test(sent) ? sent : randomUUID();
      const [, named = '', id] = request.path.split('/');
      const type = named === '' && request.method === 'POST' ? 'Bundle' : named;
      const fault = faults.take(face, request.method, type);
      const time = new Date().toISOString();
      trace = { time, type, id: id ?? null, requestId, fault, route: undefined, permit: undefined };
      traces.set(request, trace);
    }
    return trace;
  }

  function record(request: Request, status: number): void {
    const { time, type, id, requestId } = traceOf(request);
    requests.write({ time, face, method: request.method, type, id, status, requestId });
  }

  function drop(request: Request): void {
    record(request, 0);
    request.socket.destroy();
  }

  function send(request: Request, response: Response, answer: Answer): void {
    const { status, body, etag, lastModified, location } = answer;
    record(request, status);
    if (etag) response.set('ETag', etag);
    if (lastModified) response.set('Last-Modified', new Date(lastModified).toUTCString());
    if (location) response.set('Location', location);
    response.status(status).set('Cache-Control', 'no-store');
    const minimal = prefers(request, 'return=minimal') && location !== undefined;
    if (body === undefined || minimal) response.end();
    else response.type('application/fhir+json').send(JSON.stringify(body));
  }

  const disturb: RequestHandler = async (request, response, next) => {
    const { fault, requestId } = traceOf(request);
    response.set('X-Request-Id', requestId);
    server.site.countRequest();
    if (between.before(request, response)) return record(request, response.statusCode);
    if (fault?.action === 'delay') await delay(fault.delayMs);
    if (fault?.action === 'drop-before-commit') return drop(request);
    if (fault?.action === 'status') {
      if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(fault.retryAfterSeconds));
      throw refuse(fault.status ?? 500, 'transient', 'A fault that was asked for');
    }
    next();
  };

  // the token is looked at before the body, so that nobody can make us parse a megabyte unasked
  const authorize: RequestHandler = async (request, _response, next) => {
    const trace = traceOf(request);
    const route = routeInteraction(request.method, request.path);
    trace.route = route;
    if (route.interaction === 'capabilities') return next();
    const permit = await permitFor(request, options);
    trace.permit = permit;
    checkOffered(server, route);
    if ('type' in route) checkPermitted(route, permit);
    checkMediaTypes(request);
    next();
  };

  const answer: RequestHandler = (request, response) => {
    const isWrite = request.method !== 'GET' && !request.path.endsWith('/_search');
    if (isWrite && server.site.has('commits-late')) {
      setTimeout(() => commitLate(request), server.site.settings.lateSeconds * 1000);
      return drop(request);
    }
    const done = respond(request, traceOf(request), options);
    if (isWrite && server.site.has('drips')) return drip(request, response, done);
    if (traceOf(request).fault?.action === 'drop-after-commit') return drop(request);
    if (between.after(request, response)) return record(request, response.statusCode);
    send(request, response, done);
  };

  /** Nobody hears of it any more, also when it is refused. Its conditions were looked at when it came. */
  function commitLate(request: Request): void {
    delete request.headers['if-none-exist'];
    const entries: unknown = request.body?.entry;
    for (const entry of Array.isArray(entries) ? entries : []) delete entry?.request?.ifNoneExist;
    try {
      record(request, respond(request, traceOf(request), options).status);
    } catch (error) {
      record(request, toFhirError(error).status);
    }
  }

  function drip(request: Request, response: Response, { status }: Answer): void {
    record(request, status);
    response.status(status).type('application/fhir+json').flushHeaders();
    const timer = setInterval(() => response.write(' '), DRIP_MS);
    response.once('close', () => clearInterval(timer));
  }

  const fail: ErrorRequestHandler = (error, request, response, _next) => {
    const refusal = toFhirError(error);
    if (refusal.status >= 500)
      log.error({ face, error: error instanceof Error ? error.name : 'unknown' }, 'request failed');
    response.set(refusal.headers);
    send(request, response, { status: refusal.status, body: operationOutcome(refusal.issues) });
  };

  const router = Router();
  router.use(disturb, authorize);
  router.use(express.json({ type: [...jsonTypes, patchType], limit: BODY_LIMIT, strict: false }));
  router.use(express.text({ type: 'application/x-www-form-urlencoded', limit: BODY_LIMIT }));
  router.use(answer, fail);
  return router;
}

function respond(request: Request, { route, permit, requestId }: Trace, options: EndpointOptions): Answer {
  const { server, requests } = options;
  if (route === undefined) throw refuse(500, 'exception', 'The request was not routed');
  if (route.interaction === 'capabilities') return { status: 200, body: capabilityStatement(server) };
  checkOffered(server, route);
  if (permit === undefined) throw refuse(401, 'login', 'A token is needed');
  const call = callOf(request, permit, requestId);
  if ('type' in route) return perform(server, route, call);
  return runBundle(server, call, prefers(request, 'return=representation'), (method, type, id, status) =>
    requests.write({ time: new Date().toISOString(), face: server.face.name, method, type, id, status, requestId }),
  );
}

/** @throws FhirError 401 without a token that this face's authorization server issued and that still holds */
async function permitFor(request: Request, { server, authorization }: EndpointOptions): Promise<Permit> {
  const value = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const granted = value === undefined ? undefined : await authorization.findToken(value);
  if (granted === undefined) {
    const challenge = value === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
    const refusal = refuse(401, 'login', 'A valid access token for this FHIR server is needed');
    throw Object.assign(refusal, { headers: { 'WWW-Authenticate': challenge } });
  }
  return permitOf(granted.scope, server, granted.access);
}
