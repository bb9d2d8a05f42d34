import { z } from 'zod';
import { type Answer, assertionType, newKey } from '../open-doors.ts';
import { type App, openApp } from '../smart/open-app.ts';

const tokenShape = z.object({ access_token: z.string() });

export interface AppWithSources extends App {
  /** A call by a source system, with a token of these scopes. */
  source(client: 'alpha' | 'beta', method: string, path: string, body?: unknown, scope?: string): Promise<Answer>;
}

/**
 * The app, beside two source systems of the tenant `north` that may ask for everything, and see and change what the whole
 * tenant holds: as far as any registration goes.
 */
export async function openAppWithSources(options: Parameters<typeof openApp>[0] = {}): Promise<AppWithSources> {
  const key = await newKey('source-1');
  const { d: _private, ...publicKey } = key;
  const scopes = 'system/*.cruds';
  const sources = ['alpha', 'beta'].map((clientId) => ({
    ...{ clientId, jwks: { keys: [publicKey] }, scopes },
    ...({ sees: 'tenant', writes: 'tenant' } as const),
  }));
  const app = await openApp({ ...options, tenant: { sources, ...options.tenant } });
  return {
    ...app,
    async source(client, method, path, body, scope = scopes) {
      const raw = new URLSearchParams({
        grant_type: 'client_credentials',
        scope,
        client_assertion_type: assertionType,
        client_assertion: await app.doors.assertion('north', { iss: client, sub: client }, {}, key),
      });
      const answer = await app.doors.call('POST', '/oauth/north/token', { raw });
      const { access_token: token } = tokenShape.parse(answer.body);
      return app.doors.call(method, path, { token, ...(body === undefined ? {} : { body }) });
    },
  };
}
