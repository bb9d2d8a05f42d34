import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type Configuration, errors, interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { FaceServer } from '../fhir/served-face.ts';
import { keptSetting } from '../store/open-database.ts';
import type { Access } from './access.ts';
import { statedIssuer, withAnswerIssuer } from './answer-issuer.ts';
import { CLOCK_TOLERANCE_SECONDS, checkAssertion } from './check-assertion.ts';
import { clientMetadata } from './client-metadata.ts';
import type { RegisteredClient } from './clients.ts';
import { type Decisions, decide, grantLaunch, statedScopes } from './grant-launch.ts';
import { issOf } from './iss-of.ts';
import { Launches } from './launches.ts';
import { oidcAdapter } from './oidc-adapter.ts';
import { errorPage } from './pages/error-page.ts';
import { refuseClient, refuseRequest } from './refuse-client.ts';
import { grantScopes } from './scopes.ts';
import { completeIntrospection, completeTokenResponse } from './token-response.ts';
import { userOf } from './users.ts';

/** Where and for whom one face's authorization server works. */
export interface AuthorizationOptions {
  server: FaceServer;
  clients: readonly RegisteredClient[];
  database: DatabaseSync;
  styleUrl: string;
  /** How long a token that a person authorized holds. */
  tokenSeconds: number;
  log: Logger;
}

/** One face's authorization server at work. */
export interface AuthorizationServer {
  server: FaceServer;
  provider: Provider;
  launches: Launches;
  clients: readonly RegisteredClient[];
  /** Decisions made on the sign-in pages, to be taken up by the authorization endpoint. */
  decisions: Decisions;
  /** What a bearer token permits; undefined when it is not one of this face's or holds no longer. */
  findToken(value: string): Promise<{ scope: string; access?: Access } | undefined>;
}

const SYSTEM_TOKEN_SECONDS = 300;
const HOUR = 3600;
const DAY = 24 * HOUR;
const STATED: ReadonlySet<string> = new Set(statedScopes);

/**
 * SMART App Launch and backend services for one face. Each face has its own issuer and storage, so a token of one is
 * unknown at the other. Tokens are opaque; the scope granted is returned and is what the FHIR server enforces.
 *
 * The authorization endpoint keeps no cookie: who the user is comes from a single-use launch or from this server's own
 * pages, each time anew. So it works inside an iframe whose cookies a browser blocks.
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html
 * @see https://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export async function authorizationServer(options: AuthorizationOptions): Promise<AuthorizationServer> {
  const { server, clients, database, styleUrl, log } = options;
  const face = server.face.name;
  const signingKey = JSON.parse(keptSetting(database, `signing-key:${face}`, await newSigningKey())) as JWK;
  const launches = new Launches(database, face);
  const decisions: Decisions = new WeakMap();
  const provider = new Provider(server.authorization.issuer, {
    adapter: oidcAdapter(database, face, (clientId) => clientMetadata(clients, clientId, log)),
    jwks: { keys: [signingKey] },
    cookies: { keys: [keptSetting(database, `cookie-key:${face}`, () => randomBytes(32).toString('hex'))] },
    ...flow(options, launches, decisions),
  });
  provider.use(async (ctx, next) => {
    await next();
    ctx.remove('Set-Cookie');
    const sentBack = ctx.res.getHeader('location');
    if (typeof sentBack === 'string') ctx.set('Location', withAnswerIssuer(server.site, sentBack));
    const context = ctx as KoaContextWithOIDC;
    const about = { launches, site: server.site, fhirBase: server.base, signingKey, styleUrl };
    if (context.oidc?.route === 'token') {
      refuseClient(context, server.site);
      await completeTokenResponse(context, about);
      if (server.site.hidesScope()) delete (context.body as Record<string, unknown> | undefined)?.scope;
    }
    if (context.oidc?.route === 'introspection') await completeIntrospection(context, about);
    if (context.oidc?.route === 'discovery') Object.assign(ctx.body as object, statedIssuer(server.site));
  });
  provider.on('grant.error', (_ctx, error) => log.info({ face, error: error.error }, 'token refused'));
  provider.on('authorization.error', (_ctx, error) => log.info({ face, error: error.error }, 'authorization refused'));
  provider.on('server_error', (_ctx, error) => log.error({ face, error: error.name }, 'authorization error'));
  return { server, provider, launches, clients, decisions, findToken: (value) => findToken(provider, launches, value) };
}

function flow(options: AuthorizationOptions, launches: Launches, decisions: Decisions): Configuration {
  const { server, clients, tokenSeconds } = options;
  const tokenTtl = (usual: number) => () => server.site.tokenSeconds() ?? usual;
  const { base: fhirBase, authorization } = server;
  const { Prompt, Check } = interactionPolicy;
  const undecided = new Check('undecided', 'the user has to sign in', 'login_required', async (ctx) =>
    (await decide(ctx, launches, decisions)) === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
  // prompt=login and prompt=consent are understood, but only an undecided request is stopped for a page
  const login = new Prompt({ name: 'login', requestable: true }, undecided);
  const consent = new Prompt({ name: 'consent', requestable: true });
  for (const prompt of [login, consent]) prompt.checks.remove(`${prompt.name}_prompt`);
  return {
    routes: {
      authorization: '/authorize',
      token: '/token',
      introspection: '/introspect',
      revocation: '/revoke',
      jwks: '/jwks',
    },
    scopes: [...statedScopes],
    claims: { openid: ['sub'], profile: ['name', 'fhirUser'], fhirUser: ['fhirUser'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientAuthMethods: ['none', 'client_secret_basic', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    allowOmittingSingleRegisteredRedirectUri: false,
    ttl: {
      ClientCredentials: tokenTtl(SYSTEM_TOKEN_SECONDS),
      AccessToken: tokenTtl(tokenSeconds),
      IdToken: tokenTtl(tokenSeconds),
      AuthorizationCode: 60,
      Interaction: 600,
      Session: 8 * HOUR,
      Grant: 30 * DAY,
      // online_access ends with the session, offline_access goes on
      RefreshToken: (_ctx, token) => (token.scopes.has('offline_access') ? 30 * DAY : 8 * HOUR),
    },
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims, header) =>
      checkAssertion(claims, header, { tokenEndpoint: authorization.token, site: server.site }),
    extraParams: {
      launch: null,
      aud: async (ctx, value) => {
        refuseRequest(server.site, String(ctx.oidc.params?.scope ?? ''));
        const spelled = issOf(server);
        if (value !== spelled) throw new errors.InvalidRequest(`aud must be ${spelled}`);
        const decision = await decide(ctx as KoaContextWithOIDC, launches, decisions);
        if (decision) ctx.oidc.session?.loginAccount({ accountId: decision.context.user });
      },
    },
    interactions: {
      policy: [login, consent],
      url: (_ctx, interaction) => `${authorization.issuer}/sign-in/${interaction.uid}`,
    },
    loadExistingGrant: async (ctx) => {
      const decision = await decide(ctx, launches, decisions);
      return decision && grantLaunch(ctx, decision, fhirBase, launches);
    },
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') &&
      (code.scopes.has('offline_access') || code.scopes.has('online_access')),
    findAccount: (_ctx, reference) => {
      const user = userOf(server, reference);
      if (user === undefined) return undefined;
      const claims = { sub: reference, name: user.name, fhirUser: `${fhirBase}/${reference}` };
      return { accountId: reference, claims: () => claims };
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) =>
          client.clientAuthMethod !== 'none' || token.clientId === client.clientId,
      },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => fhirBase,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource, client) => {
          if (resource !== fhirBase) throw new errors.InvalidTarget('the resource is not this FHIR server');
          const policy = clients.find(({ clientId }) => clientId === client.clientId)?.policy(server.site) ?? [];
          return {
            scope: narrow(ctx, policy, new Set(server.face.types.keys())),
            audience: fhirBase,
            accessTokenFormat: 'opaque',
          };
        },
      },
    },
    renderError: (ctx, out) => {
      const page = ctx.oidc?.route === 'authorization' && ctx.accepts('json', 'html') === 'html';
      ctx.type = page ? 'html' : 'json';
      ctx.body = page ? errorPage(out).text : out;
    },
  };
}

/**
 * Cuts what was asked down to what the client may have; the client reads the outcome in the token response.
 * @returns the scopes on resources
 * @throws InvalidScope for a backend client that is left with nothing
 */
function narrow(ctx: KoaContextWithOIDC, policy: readonly string[], types: ReadonlySet<string>): string {
  const params = ctx.oidc.params ?? {};
  const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
  if (source !== undefined) return [...source.scopes].filter((scope) => !STATED.has(scope)).join(' ');
  const asked = String(params.scope ?? '');
  const granted = grantScopes(asked, policy, types);
  const stated = params.grant_type === undefined ? asked.split(' ').filter((scope) => STATED.has(scope)) : [];
  if (granted.length + stated.length === 0) {
    throw new errors.InvalidScope('none of the requested scopes can be granted', asked);
  }
  params.scope = [...stated, ...granted].join(' ');
  return granted.join(' ');
}

async function findToken(provider: Provider, launches: Launches, value: string) {
  const system = await provider.ClientCredentials.find(value);
  if (system?.isValid) return { scope: system.scope ?? '' };
  const token = await provider.AccessToken.find(value);
  const context = token?.isValid ? await launches.context(String(token.grantId)) : undefined;
  if (token === undefined || context === undefined) return undefined;
  return { scope: token.scope ?? '', access: { user: context.user, patient: context.patient } };
}

async function newSigningKey(): Promise<() => string> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'authorization-1' };
  return () => JSON.stringify(jwk);
}
