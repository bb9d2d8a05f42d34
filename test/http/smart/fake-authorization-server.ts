import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import { authorizationProblem } from './authorization-problem.ts';
import { clientProblem, type Registration } from './client-problem.ts';
import { fakeConfiguration } from './fake-configuration.ts';
import type { FakeEhr, FakeLaunch } from './fake-ehr.ts';
import { readFakeChart } from './read-fake-chart.ts';
import { newFakeKeys, signFakeIdToken } from './sign-fake-id-token.ts';

interface Code {
  readonly launch: FakeLaunch;
  readonly challenge: string;
  readonly nonce: string;
  readonly scope: string;
  used: boolean;
}

interface Token {
  readonly launch: FakeLaunch;
  readonly scope: string;
  expiresAt: number;
}

export async function openFakeEhr(registration: Registration, now: () => Date): Promise<FakeEhr> {
  const keys = await newFakeKeys();
  const launches = new Map<string, FakeLaunch>();
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Token>();
  const refreshTokens = new Map<string, Token>();
  const assertions = new Set<string>();
  let standaloneLaunch: FakeLaunch | undefined;
  const seconds = () => Math.floor(now().getTime() / 1000);
  const opaque = () => randomBytes(24).toString('base64url');

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      send(response, 500, { error: 'server_error', detail: String(error) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  const ehr: FakeEhr = {
    fhirBase: `${origin}/fhir`,
    issuer: `${origin}/auth`,
    resources: new Map(),
    restricted: new Map(),
    refusals: [],
    requests: [],
    issued: new Set(),
    revoked: [],
    tokenRequests: [],
    settings: { s256: true, introspection: true, tokenSeconds: 300, rotate: true, down: false },
    issueLaunch(launch) {
      const id = opaque();
      launches.set(id, launch);
      return id;
    },
    async authorize(url, standalone) {
      standaloneLaunch = standalone;
      const answer = await fetch(url, { redirect: 'manual' });
      const location = answer.headers.get('location');
      return location === null ? { refused: await answer.text() } : { location: new URL(location) };
    },
    expireTokens() {
      for (const token of tokens.values()) token.expiresAt = 0;
    },
    endGrants() {
      tokens.clear();
      refreshTokens.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return ehr;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    ehr.requests.push(`${request.method} ${url.pathname}`);
    if (ehr.settings.down || ehr.settings.broken === url.pathname) {
      response.destroy();
      return;
    }
    const location = ehr.settings.redirects?.[url.pathname];
    if (location !== undefined) {
      response.writeHead(307, { location }).end();
      return;
    }
    const canned = ehr.settings.answers?.[url.pathname];
    if (canned !== undefined) return send(response, canned.status, canned.body);
    if (url.pathname === '/fhir/.well-known/smart-configuration') return send(response, 200, fakeConfiguration(ehr));
    if (url.pathname === '/auth/jwks') return send(response, 200, keys.jwks);
    if (url.pathname === '/auth/authorize') return authorize(url, response);
    const body = new URLSearchParams(await readText(request));
    if (url.pathname === '/auth/token') return token(request, body, response);
    if (url.pathname === '/auth/introspect') {
      const known = tokens.get(body.get('token') ?? '');
      const subject = known?.launch.user;
      return send(response, 200, {
        active: known !== undefined,
        ...(known === undefined ? {} : { sub: subject, fhirUser: `${ehr.fhirBase}/${subject}` }),
        ...ehr.settings.introspects,
      });
    }
    if (url.pathname === '/auth/revoke') {
      ehr.revoked.push(body.get('token') ?? '');
      tokens.delete(body.get('token') ?? '');
      refreshTokens.delete(body.get('token') ?? '');
      return send(response, 200, {});
    }
    if (url.pathname.startsWith('/fhir/')) return fhir(request, url, response);
    send(response, 404, {});
  }

  function refuse(response: ServerResponse, status: number, error: string, reason: string): void {
    ehr.refusals.push(reason);
    send(response, status, { error, reason });
  }

  function authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    const launchId = asked.get('launch');
    const launch = launchId === null ? standaloneLaunch : launches.get(launchId);
    const aud = ehr.settings.spelledBase ?? ehr.fhirBase;
    const problem = authorizationProblem(asked, { registration, aud, hasLaunch: launch !== undefined });
    if (problem !== undefined || launch === undefined) {
      refuse(response, 400, 'invalid_request', problem ?? 'launch');
      return;
    }
    const scopes = (asked.get('scope') ?? '').split(' ');
    if (launchId !== null) launches.delete(launchId);
    const back = new URL(registration.redirectUri);
    if (launch.denied === true) back.searchParams.set('error', 'access_denied');
    else if (ehr.settings.refuses !== undefined) back.searchParams.set('error', ehr.settings.refuses);
    else {
      const code = opaque();
      codes.set(code, {
        launch,
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce') ?? '',
        scope: scopes.filter(launch.grant ?? (() => true)).join(' '),
        used: false,
      });
      back.searchParams.set('code', code);
    }
    back.searchParams.set('state', asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, body: URLSearchParams, response: ServerResponse): Promise<void> {
    ehr.tokenRequests.push({ body, authorization: request.headers.authorization });
    const no = (error: string, reason: string) =>
      refuse(response, error === 'invalid_client' ? 401 : 400, error, reason);
    const given = {
      authorization: request.headers.authorization,
      body,
      tokenEndpoint: `${ehr.issuer}/token`,
      now: now(),
      seen: assertions,
    };
    const wrongClient = await clientProblem(registration, given);
    if (wrongClient !== undefined) return no('invalid_client', wrongClient);
    if (body.get('grant_type') === 'refresh_token') {
      const known = refreshTokens.get(body.get('refresh_token') ?? '');
      if (known === undefined) return no('invalid_grant', 'refresh_token');
      if (ehr.settings.rotate) refreshTokens.delete(body.get('refresh_token') ?? '');
      return send(response, 200, await give(known, undefined));
    }
    if (body.get('grant_type') !== 'authorization_code') return no('unsupported_grant_type', 'grant_type');
    const code = codes.get(body.get('code') ?? '');
    if (code === undefined) return no('invalid_grant', 'code');
    if (code.used) return no('invalid_grant', 'code used');
    if (body.get('redirect_uri') !== registration.redirectUri) return no('invalid_grant', 'redirect_uri');
    const verifier = body.get('code_verifier') ?? '';
    if (createHash('sha256').update(verifier).digest('base64url') !== code.challenge)
      return no('invalid_grant', 'code_verifier');
    code.used = true;
    send(response, 200, await give({ launch: code.launch, scope: code.scope, expiresAt: 0 }, code.nonce));
  }

  async function give({ launch, scope }: Token, nonce: string | undefined): Promise<Record<string, unknown>> {
    const accessToken = `at-${opaque()}`;
    const refreshToken = `rt-${opaque()}`;
    const given: Token = { launch, scope, expiresAt: now().getTime() + ehr.settings.tokenSeconds * 1000 };
    tokens.set(accessToken, given);
    if (/\b(online|offline)_access\b/.test(scope)) refreshTokens.set(refreshToken, given);
    ehr.issued.add(accessToken).add(refreshToken);
    const idToken = launch.idToken === 'absent' ? undefined : await idTokenOf(launch, nonce, accessToken);
    if (idToken !== undefined) ehr.issued.add(idToken);
    const { patient, encounter, intent } = launch;
    const answer = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: ehr.settings.tokenSeconds,
      scope,
      ...(refreshTokens.has(refreshToken) ? { refresh_token: refreshToken } : {}),
      ...(idToken === undefined ? {} : { id_token: idToken }),
      ...(patient === undefined ? {} : { patient }),
      ...(encounter === undefined ? {} : { encounter }),
      ...(intent === undefined ? {} : { intent }),
      need_patient_banner: true,
      smart_style_url: `${origin}/style.json`,
    };
    return launch.response === undefined ? answer : launch.response(answer);
  }

  async function idTokenOf(launch: FakeLaunch, nonce: string | undefined, accessToken: string): Promise<string> {
    const claims: JWTPayload = {
      iss: ehr.issuer,
      aud: registration.clientId,
      sub: launch.user,
      fhirUser: `${ehr.fhirBase}/${launch.user}`,
      ...(nonce === undefined ? {} : { nonce }),
      iat: seconds(),
      exp: seconds() + 300,
      at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
    };
    return signFakeIdToken({ ...claims, ...launch.claims?.(claims) }, launch.idToken, keys);
  }

  function fhir(request: IncomingMessage, url: URL, response: ServerResponse): void {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const known = tokens.get(bearer);
    if (known === undefined || known.expiresAt <= now().getTime()) send(response, 401, {});
    else if (ehr.settings.redirectReads !== undefined) {
      response.writeHead(302, { location: ehr.settings.redirectReads }).end();
    } else {
      const { status, body } = readFakeChart(ehr, { user: known.launch.user, scope: known.scope }, url);
      send(response, status, body);
    }
  }
}

/** A text is sent as it stands. */
function send(response: ServerResponse, status: number, body: unknown): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
