import type { Actor } from '../../record/actor.ts';
import { maySeeSafety } from '../access/shown-by.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import { invalidToken, readAccessToken } from './access-token.ts';

/** A source system that calls, as its token and its registration say. */
export interface SourceCaller {
  readonly tenant: HttpTenant;
  readonly clientId: string;
  /** SMART system scopes of its token, space-separated. */
  readonly scope: string;
  readonly actor: Actor;
}

/**
 * Who calls with this Authorization header. A client that was taken out of the configuration is nobody, whatever token it
 * still has.
 * @throws `invalid-token`
 */
export async function sourceCaller(
  options: AppOptions,
  tenants: ReadonlyMap<string, HttpTenant>,
  authorization: string | undefined,
): Promise<SourceCaller> {
  const { tenantId, clientId, scope } = await readAccessToken(options, authorization);
  const tenant = tenants.get(tenantId);
  const source = tenant?.sources.find((source) => source.clientId === clientId);
  if (tenant === undefined || source === undefined) throw invalidToken('its client is not one of ours');
  const { sees = 'own', writes = 'own' } = source;
  return {
    tenant,
    clientId,
    scope,
    actor: { type: 'source', clientId, sees, writes, seesSafety: maySeeSafety(scope) },
  };
}
