// Reads an EHR by its FHIR API as a stranger would: no code of the product stands behind what it says.
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, FhirResource } from 'fhir/r4';

export interface Ehr {
  /** All pages of a search. */
  search<R extends FhirResource>(type: R['resourceType'], query: Record<string, string>): Promise<R[]>;
  /** What stands at `Type/id`. */
  read(reference: string): Promise<FhirResource>;
}

/** An EHR without authorization (a FHIR server on this machine), or the sandbox with its reader client. */
export async function readEhr(base: string, sandboxDataDir?: string): Promise<Ehr> {
  const authorization = sandboxDataDir === undefined ? undefined : await readerToken(base, sandboxDataDir);
  async function get<T>(url: string): Promise<T> {
    const headers = { accept: 'application/fhir+json', ...(authorization === undefined ? {} : { authorization }) };
    const response = await fetch(url, { headers });
    if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
  return {
    read: (reference) => get(`${base}/${reference}`),
    async search<R extends FhirResource>(type: R['resourceType'], query: Record<string, string>) {
      const found: R[] = [];
      let url: string | undefined = `${base}/${type}?${new URLSearchParams({ ...query, _count: '100' })}`;
      while (url !== undefined) {
        const page: Bundle<R> = await get(url);
        for (const entry of page.entry ?? []) {
          if (entry.resource?.resourceType === type && entry.search?.mode !== 'include') found.push(entry.resource);
        }
        url = page.link?.find((link) => link.relation === 'next')?.url;
      }
      return found;
    },
  };
}

async function readerToken(base: string, dataDir: string): Promise<string> {
  const { clientId, jwk } = JSON.parse(readFileSync(join(dataDir, 'sandbox', 'reader-client.json'), 'utf8'));
  const configuration = (await (await fetch(`${base}/.well-known/smart-configuration`)).json()) as {
    token_endpoint: string;
  };
  const tokenUrl = configuration.token_endpoint;
  const alg: string = jwk.alg ?? (jwk.kty === 'EC' ? 'ES384' : 'RS384');
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg, typ: 'JWT', kid: jwk.kid })}.${part({ iss: clientId, sub: clientId, aud: tokenUrl, jti: randomUUID(), iat: now, exp: now + 240 })}`;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const signature = sign('sha384', Buffer.from(head), alg.startsWith('ES') ? { key, dsaEncoding: 'ieee-p1363' } : key);
  const response = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'system/*.rs',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${head}.${signature.toString('base64url')}`,
    }),
  });
  if (!response.ok) throw new Error(`The reader got no token: ${response.status} ${await response.text()}`);
  return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
}
