import { z } from 'zod';
import { signClientAssertion } from '../ehr/client-assertion.ts';
import { systemClock } from '../foundation/clock.ts';
import { parsedJson } from '../foundation/parsed-json.ts';
import type { ClientCredentials } from '../start/demo-client.ts';
import { askEhr } from './ask-ehr.ts';
import { callServer } from './call-server.ts';

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.number() });

/** What an HTTP call to our service or an EHR answered, when it wasn't a success. */
export class CallFailed extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(what: string, status: number, body: unknown) {
    super(`${what} answered ${status}${detailOf(body)}`);
    this.name = 'CallFailed';
    this.status = status;
    this.body = body;
  }
}

/** One client of a backend-services protected server: `request` carries a fresh token. */
export interface BackendClient {
  request(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

/** What a client needs to get its tokens; without credentials it asks without one. */
export interface ClientToken {
  readonly tokenUrl?: string;
  readonly credentials?: ClientCredentials;
  readonly scope?: string;
}

/**
 * The Authorization header of a client_credentials + private_key_jwt client: its token is fetched when first needed, and
 * renewed before it expires.
 * @see https://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export function clientAuthorization({
  credentials,
  tokenUrl,
  scope,
}: ClientToken): () => Promise<Record<string, string>> {
  let token: { value: string; until: number } | undefined;
  return async () => {
    if (credentials === undefined || tokenUrl === undefined) return {};
    if (token === undefined || token.until < Date.now() + 20_000) {
      const { clientId, jwk } = credentials;
      const key = { kid: jwk.kid, privateJwk: jwk };
      const proof = await signClientAssertion({ clientId, key, audience: tokenUrl, clock: systemClock });
      const form = new URLSearchParams({ grant_type: 'client_credentials', scope: scope ?? '', ...proof });
      const { status, json } = await askEhr(tokenUrl, { form });
      if (status < 200 || status > 299) throw new CallFailed('The token endpoint', status, json);
      const { access_token, expires_in } = tokenSchema.parse(json);
      token = { value: access_token, until: Date.now() + expires_in * 1000 };
    }
    return { authorization: `Bearer ${token.value}` };
  };
}

/** A client of a backend-services protected server, with its token. */
export function backendClient(
  options: ClientToken & { readonly base: string; readonly accept: 'application/json' | 'application/fhir+json' },
): BackendClient {
  const authorization = clientAuthorization(options);
  return {
    async request(method, path, body) {
      const headers = {
        accept: options.accept,
        ...(body === undefined ? {} : { 'content-type': options.accept }),
        ...(await authorization()),
      };
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      const response = await callServer(`${options.base}${path}`, init);
      const text = await response.text();
      const answer = parsedJson(text);
      if (!response.ok) throw new CallFailed(`${method} ${path.split('?')[0]}`, response.status, answer);
      return { status: response.status, body: answer };
    },
  };
}

const problemSchema = z.object({
  detail: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
  issue: z
    .array(
      z.object({ diagnostics: z.string().optional(), details: z.object({ text: z.string().optional() }).optional() }),
    )
    .optional(),
  issues: z
    .array(z.object({ path: z.string().optional(), linkId: z.string().optional(), problem: z.string() }))
    .optional(),
});

function detailOf(body: unknown): string {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return '';
  const { detail, error, error_description, issue, issues } = problem.data;
  const words = [
    // a detail already speaks of its issues
    detail ?? (issues ?? []).map((issue) => `${issue.path ?? issue.linkId ?? ''}: ${issue.problem}`).join('; '),
    error_description ?? error,
    ...(issue ?? []).map((entry) => entry.diagnostics ?? entry.details?.text),
  ].filter((word) => word !== undefined && word !== '');
  return words.length === 0 ? '' : `: ${words.join('; ')}`;
}
