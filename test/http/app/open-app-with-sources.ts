import { z } from 'zod';
import { type Answer, assertionType, newKey } from '../open-doors.ts';
import { type App, openApp } from '../smart/open-app.ts';

const tokenShape = z.object({ access_token: z.string() });

type Client = 'alpha' | 'beta' | 'gamma';

export interface AppWithSources extends App {
  /** An access token of a source system, for these scopes. */
  sourceToken(client: Client, scope?: string): Promise<string>;
  /** A call by a source system, with a token of these scopes. */
  source(client: Client, method: string, path: string, body?: unknown, scope?: string): Promise<Answer>;
}

/**
 * The app, beside three source systems of the tenant `north` that may ask for everything. `alpha` and `beta` see and change
 * what the whole tenant holds, as far as any registration goes, or with `reach` their own; `gamma` sees all and changes its own.
 */
export async function openAppWithSources(
  options: Parameters<typeof openApp>[0] = {},
  reach: 'tenant' | 'own' = 'tenant',
): Promise<AppWithSources> {
  const key = await newKey('source-1');
  const { d: _private, ...publicKey } = key;
  const scopes = 'system/*.cruds';
  const registered = { jwks: { keys: [publicKey] }, scopes };
  const sources = [
    ...['alpha', 'beta'].map((client) => ({ ...registered, clientId: client, sees: reach, writes: reach })),
    { ...registered, clientId: 'gamma', sees: 'tenant' as const },
  ];
  const app = await openApp({ ...options, tenant: { sources, ...options.tenant } });
  const sourceToken = async (client: Client, scope = scopes) => {
    const raw = new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: assertionType,
      client_assertion: await app.doors.assertion('north', { iss: client, sub: client }, {}, key),
    });
    const answer = await app.doors.call('POST', '/oauth/north/token', { raw });
    return tokenShape.parse(answer.body).access_token;
  };
  return {
    ...app,
    sourceToken,
    async source(client, method, path, body, scope = scopes) {
      const token = await sourceToken(client, scope);
      return app.doors.call(method, path, { token, ...(body === undefined ? {} : { body }) });
    },
  };
}
