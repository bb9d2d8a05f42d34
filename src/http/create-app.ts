import type { RequestListener } from 'node:http';
import express, { type Express, type Request } from 'express';
import helmet from 'helmet';
import { answerError } from './answer-error.ts';
import { mountRoutes } from './api/mount-routes.ts';
import { openApi } from './api/openapi.ts';
import { sandboxClock } from './api/sandbox-clock.ts';
import { mountApp } from './app/mount-app.ts';
import type { AppOptions } from './app-options.ts';
import { bodyDeadline } from './body-deadline.ts';
import { compressAnswers } from './compress-answers.ts';
import { openToAnyOrigin } from './fhir/cross-origin.ts';
import { mountFhir } from './fhir/mount-fhir.ts';
import { health, metrics, ready } from './health.ts';
import { HttpProblem } from './http-problem.ts';
import { methodsAt } from './methods-at.ts';
import { tokenEndpoint } from './oauth/token-endpoint.ts';
import { observeLedgerChecks } from './observe-ledger-checks.ts';
import { observeRequests } from './observe-requests.ts';
import { readForm, readJson } from './read-body.ts';
import { refuseLongTarget, toOriginForm } from './request-target.ts';
import { mountSmart } from './smart/mount-smart.ts';
import { appPaths, pageHeaders } from './smart/page-headers.ts';
import { throttleRefusals } from './throttle-refusals.ts';

/** The doors, ready to listen. */
export function createApp(options: AppOptions): RequestListener {
  const app = mountDoors(options);
  return (request, response) => {
    toOriginForm(request);
    app(request, response);
  };
}

/**
 * The doors: `/api/v1`, `/fhir/{tenant}`, `/oauth/{tenant}/token`, the app's own (`/smart`, `/app/v1`), health and metrics, as an Express app that listens
 * nowhere yet. Nothing is decided here: a door reads, calls a use case, and answers.
 */
export function mountDoors(options: AppOptions): Express {
  const { publicUrl } = options.config;
  const tenants = new Map(options.tenants.map((tenant) => [tenant.id, tenant]));
  const sandbox = options.tenants.some((tenant) => tenant.sandbox);
  const app = express();
  // an answer's version is the resource's, or none: a hash of the body would say more than that
  app.set('etag', false);
  app.disable('x-powered-by');
  // whoever forwards to us from this machine says whom it forwards; anyone else's word for it counts for nothing
  app.set('trust proxy', 'loopback');
  app.use(observeRequests(options.logger, options.metrics));
  observeLedgerChecks(options.record, options.metrics);
  app.use(helmet());
  app.use(refuseLongTarget);
  app.use(bodyDeadline(options.bodySeconds));

  app.get('/health', health(options));
  app.get('/ready', ready(options));
  app.get('/metrics', metrics(options));
  app.use('/.well-known/jwks.json', openToAnyOrigin('GET', 'HEAD'));
  app.get('/.well-known/jwks.json', (_request, response) => {
    response.set('Cache-Control', 'max-age=300').json(options.signingKeys.publicJwks);
  });
  // not where a token or a session is given out: ADR 37
  app.use(['/api/v1', '/app/v1', '/fhir', '/openapi.json'], compressAnswers());
  // made when it is first asked for: that takes as long as all else here together
  let document: ReturnType<typeof openApi> | undefined;
  app.get('/openapi.json', (_request, response) => {
    document ??= openApi({ publicUrl, sandbox });
    response.json(document);
  });

  app.post('/oauth/:tenant/token', readForm(), tokenEndpoint(options, tenants));
  if (sandbox) app.post('/sandbox/clock', readJson('application/json'), sandboxClock(options));
  mountRoutes(app, options, tenants);
  mountFhir(app, options, tenants);
  if (options.smart !== undefined) {
    mountSmart(app, options, options.smart);
    mountApp(app, options, options.smart);
  }

  // whatever else is served, these addresses are ours
  app.use(['/api', '/oauth', '/sandbox', '/smart', '/app/v1'], (request) => refuseAddress(app, request));
  app.get(appPaths, pageHeaders(options));
  if (options.pages !== undefined) app.use(options.pages);
  app.use((request) => refuseAddress(app, request));
  app.use(throttleRefusals(options));
  app.use(answerError(options.logger));
  return app;
}

/** @throws HttpProblem `method-not-allowed` where another method would do, else `not-found` */
function refuseAddress(app: Express, { method, originalUrl }: Request): never {
  const methods = methodsAt(app, originalUrl.split('?', 1)[0] ?? '/');
  // a page that is not built has a route for its headers, and nothing else
  if (methods.length > 0 && !methods.includes(method)) {
    throw new HttpProblem('method-not-allowed', `This address takes ${methods.join(', ')}`, methods);
  }
  throw new HttpProblem('not-found', 'There is nothing at this address');
}
