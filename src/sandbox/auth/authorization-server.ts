import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type AdapterPayload, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { Face } from '../faces.ts';
import { keptSetting } from '../store/open-database.ts';
import type { BackendClient } from './clients.ts';
import { oidcAdapter } from './oidc-adapter.ts';
import { grantScopes } from './scopes.ts';

/** Where and for whom one face's authorization server works. */
export interface AuthorizationOptions {
  face: Face;
  /** e.g. `http://127.0.0.1:4001/auth/native`; the token endpoint is `<issuer>/token`. */
  issuer: string;
  fhirBase: string;
  clients: readonly BackendClient[];
  database: DatabaseSync;
  log: Logger;
}

const TOKEN_SECONDS = 300;
const MAX_ASSERTION_SECONDS = 300;
const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * SMART backend services for one face. Each face has its own issuer and storage, so a token of one is unknown at the
 * other. Tokens are opaque; the scope granted is returned and is what the FHIR server enforces.
 * @see https://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export async function authorizationServer(options: AuthorizationOptions): Promise<Provider> {
  const { face, issuer, fhirBase, clients, database, log } = options;
  const signingKey = keptSetting(database, `signing-key:${face.name}`, await newSigningKey());
  const cookieKey = keptSetting(database, `cookie-key:${face.name}`, () => randomBytes(32).toString('hex'));
  const types = new Set(face.types.keys());
  const provider = new Provider(issuer, {
    adapter: oidcAdapter(database, face.name, (clientId) => clientMetadata(clients, clientId, log)),
    jwks: { keys: [JSON.parse(signingKey) as JWK] },
    cookies: { keys: [cookieKey] },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    ttl: { ClientCredentials: TOKEN_SECONDS },
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims, header) =>
      checkAssertion(claims, header, `${issuer}/token`),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => fhirBase,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource, client) => {
          if (resource !== fhirBase) throw new errors.InvalidTarget('the resource is not this FHIR server');
          const policy = clients.find(({ clientId }) => clientId === client.clientId)?.policy[face.name] ?? [];
          return { scope: narrow(ctx, policy, types), audience: fhirBase, accessTokenFormat: 'opaque' };
        },
      },
    },
    renderError: (ctx, out) => {
      ctx.type = 'json';
      ctx.body = out;
    },
  });
  provider.on('grant.error', (_ctx, error) => log.info({ face: face.name, error: error.error }, 'token refused'));
  provider.on('server_error', (_ctx, error) =>
    log.error({ face: face.name, error: error.name }, 'authorization error'),
  );
  return provider;
}

/** What may be granted replaces what was asked: the client reads the narrowed scope in the token response. */
function narrow(ctx: KoaContextWithOIDC, policy: readonly string[], types: ReadonlySet<string>): string {
  const params = ctx.oidc.params ?? {};
  const granted = grantScopes(String(params.scope ?? ''), policy, types).join(' ');
  if (granted === '')
    throw new errors.InvalidScope('none of the requested scopes can be granted', String(params.scope ?? ''));
  params.scope = granted;
  return granted;
}

/** @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html#authenticating-to-the-token-endpoint */
function checkAssertion(claims: Record<string, unknown>, header: Record<string, unknown>, tokenEndpoint: string): void {
  const refuse = (reason: string) => new errors.InvalidClientAuth(reason);
  if (header.typ !== 'JWT' || typeof header.kid !== 'string') throw refuse('typ JWT and kid are required');
  if (claims.iss !== claims.sub) throw refuse('iss and sub must be the client_id');
  if (claims.aud !== tokenEndpoint) throw refuse('aud must be the token endpoint');
  const latest = Date.now() / 1000 + MAX_ASSERTION_SECONDS + CLOCK_TOLERANCE_SECONDS;
  if (typeof claims.exp !== 'number' || claims.exp > latest) throw refuse('exp must be within five minutes');
}

async function clientMetadata(
  clients: readonly BackendClient[],
  clientId: string,
  log: Logger,
): Promise<AdapterPayload | undefined> {
  const client = clients.find((candidate) => candidate.clientId === clientId);
  if (client === undefined) return undefined;
  let keys: JWK[];
  try {
    keys = await client.publicKeys();
  } catch {
    log.warn({ clientId }, 'the keys of a client could not be fetched');
    throw new errors.InvalidClientAuth('the keys of the client could not be fetched');
  }
  return {
    client_id: clientId,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys },
  };
}

async function newSigningKey(): Promise<() => string> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'authorization-1' };
  return () => JSON.stringify(jwk);
}
