import type { JWK } from 'jose';
import { type AdapterPayload, errors } from 'oidc-provider';
import type { Logger } from 'pino';
import type { RegisteredClient } from './clients.ts';

/** A registered client as oidc-provider knows it; undefined for a client_id that nobody has. */
export async function clientMetadata(
  clients: readonly RegisteredClient[],
  clientId: string,
  log: Logger,
): Promise<AdapterPayload | undefined> {
  const client = clients.find((candidate) => candidate.clientId === clientId);
  if (client === undefined) return undefined;
  const { app } = client;
  if (app === undefined) {
    return {
      client_id: clientId,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: await keysOf(client, log) },
    };
  }
  return {
    client_id: clientId,
    client_name: app.name,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [app.redirectUri],
    token_endpoint_auth_method: app.authentication,
    ...(app.secret === undefined ? {} : { client_secret: app.secret }),
    ...(app.authentication === 'private_key_jwt' ? { jwks: { keys: await keysOf(client, log) } } : {}),
  };
}

async function keysOf(client: RegisteredClient, log: Logger): Promise<JWK[]> {
  try {
    return await client.publicKeys();
  } catch {
    log.warn({ clientId: client.clientId }, 'the keys of a client could not be fetched');
    throw new errors.InvalidClientAuth('the keys of the client could not be fetched');
  }
}
