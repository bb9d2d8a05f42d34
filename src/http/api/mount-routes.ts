import type { Express, RequestHandler } from 'express';
import { IntersessionError } from '../../homework/errors.ts';
import { actingAs } from '../../record/actor.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import { type ClientQuota, clientQuota } from '../client-quota.ts';
import { readAccessToken } from '../oauth/access-token.ts';
import { type Permission, permits } from '../oauth/scopes.ts';
import { hasBody, readJson } from '../read-body.ts';
import { sendAnswer } from '../send-answer.ts';
import type { ApiRoute } from './route.ts';
import { apiRoutes } from './routes.ts';

export const apiBase = '/api/v1';

/** Mounts every route of the API: token and scopes first, then the body, then the route's own work. */
export function mountRoutes(app: Express, options: AppOptions, tenants: ReadonlyMap<string, HttpTenant>): void {
  const json = readJson('application/json');
  const quota = clientQuota(options.quota);
  for (const route of apiRoutes) {
    const path = apiBase + route.path.replace(/\{(\w+)\}/g, ':$1');
    const body: RequestHandler[] = route.body === undefined ? [] : [route.bodyOptional ? optional(json) : json];
    app[route.method](path, authorize(options, route), ...body, answer(options, tenants, { route, quota }));
  }
}

/** The token is read before the body: who may not write is not listened to. */
function authorize(options: AppOptions, route: ApiRoute): RequestHandler {
  return async (request, response, next) => {
    const token = await readAccessToken(options, request.get('Authorization'));
    for (const need of route.needs) {
      const [type = '', action = ''] = need.split('.');
      if (!permits(token.scope, { type, action: action as Permission['action'] })) {
        const needed = route.needs.map((one) => `system/${one}`).join(' ');
        throw new IntersessionError('forbidden', { needed }, `This needs the scope ${needed}`);
      }
    }
    response.locals.tenantId = token.tenantId;
    response.locals.clientId = token.clientId;
    next();
  };
}

function answer(
  options: AppOptions,
  tenants: ReadonlyMap<string, HttpTenant>,
  { route, quota }: { route: ApiRoute; quota: ClientQuota },
): RequestHandler {
  return async (request, response) => {
    const { tenantId, clientId } = readCaller(response.locals);
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) {
      throw new IntersessionError('unknown-tenant', { tenant: tenantId }, 'There is no such tenant');
    }
    const call = {
      options,
      record: actingAs(options.record, { type: 'source', clientId }),
      tenant,
      clientId,
      params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
      body: route.bodyOptional && !hasBody(request) ? {} : request.body,
      query: request.query,
    };
    // a write is bounded by its plan, and is not to be lost behind reads
    const read = () => route.run(call);
    const answered = await (route.method === 'get' ? quota.run(`${tenantId} ${clientId}`, read) : read());
    if (answered.location !== undefined) response.set('Location', `${apiBase}${answered.location}`);
    sendAnswer(response, answered);
  };
}

function readCaller(locals: Record<string, unknown>): { tenantId: string; clientId: string } {
  const { tenantId, clientId } = locals;
  if (typeof tenantId !== 'string' || typeof clientId !== 'string')
    throw new TypeError('the caller was not identified');
  return { tenantId, clientId };
}

function optional(read: RequestHandler): RequestHandler {
  return (request, response, next) => (hasBody(request) ? read(request, response, next) : next());
}
