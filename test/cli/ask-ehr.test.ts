import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askEhr } from '../../src/cli/ask-ehr.ts';
import { clientAuthorization } from '../../src/cli/backend-client.ts';
import { newPrivateJwk } from '../delivery/open-delivery.ts';

/** What a server was sent, and what it answers next. */
interface Listener {
  readonly origin: string;
  readonly heard: { path: string; body: URLSearchParams }[];
  answer: { status: number; headers?: Record<string, string>; body?: string };
  readonly server: Server;
}

async function listen(): Promise<Listener> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    listener.heard.push({ path: request.url ?? '', body: new URLSearchParams(body) });
    const { status, headers, body: said = '' } = listener.answer;
    response.writeHead(status, headers).end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const listener: Listener = { origin, heard: [], answer: { status: 200 }, server };
  return listener;
}

let ehr: Listener;
let elsewhere: Listener;
beforeEach(async () => {
  [ehr, elsewhere] = await Promise.all([listen(), listen()]);
});
afterEach(async () => {
  for (const { server } of [ehr, elsewhere]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('a command that asks an EHR', () => {
  it('has its status and its JSON, or that it was none', async () => {
    ehr.answer = { status: 200, body: '{"a":1}' };
    expect(await askEhr(`${ehr.origin}/metadata`)).toEqual({ status: 200, json: { a: 1 } });
    ehr.answer = { status: 404, body: '<html>' };
    expect(await askEhr(`${ehr.origin}/metadata`)).toEqual({ status: 404, json: undefined });
  });

  it.each([301, 302, 307, 308])('follows no redirect (%i), and says what was answered', async (status) => {
    ehr.answer = { status, headers: { location: `${elsewhere.origin}/metadata` } };
    expect(await askEhr(`${ehr.origin}/metadata`)).toMatchObject({ status });
    expect(elsewhere.heard).toEqual([]);
  });

  it.each(['http://ehr.example/fhir/metadata', 'http://10.0.0.7/fhir', 'ftp://ehr.example/'])(
    'does not ask %s, and says why',
    async (address) => {
      await expect(askEhr(address)).rejects.toThrow(/is not asked: it is not https$/);
    },
  );

  it('says who does not answer', async () => {
    ehr.server.closeAllConnections();
    await new Promise((resolve) => ehr.server.close(resolve));
    await expect(askEhr(`${ehr.origin}/metadata`)).rejects.toThrow(`${ehr.origin} does not answer`);
  });
});

describe('a command that needs a token', () => {
  const credentials = async (kid?: string) => {
    const { kid: _mine, ...jwk } = await newPrivateJwk();
    return { clientId: 'reader', jwk: kid === undefined ? jwk : { ...jwk, kid } };
  };

  it.each(['reader-1', undefined])('proves who it is by an assertion with the kid %s', async (kid) => {
    const client = await credentials(kid);
    ehr.answer = { status: 200, body: '{"access_token":"at","expires_in":300}' };
    const tokenUrl = `${ehr.origin}/token`;
    expect(await clientAuthorization({ credentials: client, tokenUrl, scope: 'system/*.rs' })()).toEqual({
      authorization: 'Bearer at',
    });
    const [sent] = ehr.heard;
    expect(sent?.body.get('grant_type')).toBe('client_credentials');
    const assertion = sent?.body.get('client_assertion') ?? '';
    const { d: _private, ...publicJwk } = client.jwk;
    const expected = { issuer: 'reader', subject: 'reader', audience: tokenUrl };
    await jwtVerify(assertion, createLocalJWKSet({ keys: [publicJwk] }), expected);
    expect(decodeProtectedHeader(assertion)).toEqual({
      alg: 'ES384',
      typ: 'JWT',
      ...(kid === undefined ? {} : { kid }),
    });
  });

  it('shows its assertion neither to where a token endpoint redirects, nor in the clear', async () => {
    ehr.answer = { status: 307, headers: { location: `${elsewhere.origin}/token` } };
    const client = await credentials('reader-1');
    const asked = clientAuthorization({ credentials: client, tokenUrl: `${ehr.origin}/token` });
    await expect(asked()).rejects.toThrow('The token endpoint answered 307');
    expect(elsewhere.heard).toEqual([]);
    const inTheClear = clientAuthorization({ credentials: client, tokenUrl: 'http://auth.example/token' });
    await expect(inTheClear()).rejects.toThrow(/is not https$/);
  });
});
