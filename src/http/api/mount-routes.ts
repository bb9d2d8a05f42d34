import type { Express, RequestHandler } from 'express';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { actingAs } from '../../record/actor.ts';
import { limitAnswer } from '../access/limit-answer.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import { type ClientQuota, clientQuota } from '../client-quota.ts';
import { type Permission, permits } from '../oauth/scopes.ts';
import { type SourceCaller, sourceCaller } from '../oauth/source-caller.ts';
import { hasBody, readJson } from '../read-body.ts';
import { sendAnswer } from '../send-answer.ts';
import type { ApiRoute } from './route.ts';
import { apiRoutes } from './routes.ts';

export const apiBase = '/api/v1';

/** Mounts every route of the API: token and scopes first, then the body, then the route's own work. */
export function mountRoutes(app: Express, options: AppOptions, tenants: ReadonlyMap<string, HttpTenant>): void {
  const json = readJson('application/json');
  const quota = clientQuota(options.quota);
  const callers = new WeakMap<object, SourceCaller>();
  for (const route of apiRoutes) {
    const path = apiBase + route.path.replace(/\{(\w+)\}/g, ':$1');
    const body: RequestHandler[] = route.body === undefined ? [] : [route.bodyOptional ? optional(json) : json];
    app[route.method](
      path,
      authorize(options, tenants, { route, callers }),
      ...body,
      answer(options, { route, quota, callers }),
    );
  }
}

/** The token is read before the body: who may not write is not listened to. */
function authorize(
  options: AppOptions,
  tenants: ReadonlyMap<string, HttpTenant>,
  { route, callers }: { route: ApiRoute; callers: WeakMap<object, SourceCaller> },
): RequestHandler {
  return async (request, _response, next) => {
    const caller = await sourceCaller(options, tenants, request.get('Authorization'));
    for (const need of route.needs) {
      const [type = '', action = ''] = need.split('.');
      if (!permits(caller.scope, { type, action: action as Permission['action'] })) {
        const needed = route.needs.map((entry) => `system/${entry}`).join(' ');
        throw new IntersessionError('forbidden', { needed }, `This needs the scope ${needed}`);
      }
    }
    callers.set(request, caller);
    next();
  };
}

function answer(
  options: AppOptions,
  { route, quota, callers }: { route: ApiRoute; quota: ClientQuota; callers: WeakMap<object, SourceCaller> },
): RequestHandler {
  return async (request, response) => {
    const caller = callers.get(request);
    if (caller === undefined) throw new TypeError('the caller was not identified');
    const { tenant, clientId, scope } = caller;
    const call = {
      options,
      record: actingAs(options.record, caller.actor),
      tenant,
      clientId,
      params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
      body: route.bodyOptional && !hasBody(request) ? {} : request.body,
      query: request.query,
    };
    // a write is bounded by its plan, and is not to be lost behind reads
    const read = () => route.run(call);
    const answered = await (route.method === 'get' ? quota.run(`${tenant.id} ${clientId}`, read) : read());
    if (answered.location !== undefined) response.set('Location', `${apiBase}${answered.location}`);
    sendAnswer(response, { ...answered, body: limitAnswer(route.shows, answered.body, scope) });
  };
}

function optional(read: RequestHandler): RequestHandler {
  return (request, response, next) => (hasBody(request) ? read(request, response, next) : next());
}
