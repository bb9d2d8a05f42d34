import { z } from 'zod';
import { askServer, safeEndpoint, unreachable } from './ask-server.ts';
import type { SmartTenant } from './smart-tenant.ts';

/** An EHR's authorization server, as its SMART configuration describes it. */
export interface AuthorizationServer {
  /** Of its id_tokens. */
  readonly issuer: string;
  readonly authorize: URL;
  readonly token: URL;
  readonly jwks: URL;
  readonly introspect?: URL;
  readonly revoke?: URL;
  readonly capabilities: readonly string[];
}

const configurationShape = z.object({
  issuer: z.string().optional(),
  jwks_uri: z.string().optional(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  introspection_endpoint: z.string().optional(),
  revocation_endpoint: z.string().optional(),
  code_challenge_methods_supported: z.array(z.string()).default([]),
  capabilities: z.array(z.string()).default([]),
});
const openIdShape = z.object({ issuer: z.string(), jwks_uri: z.string() });

/**
 * Asks a tenant's EHR for its authorization server. Only an EHR of the configuration is asked, never an address that a
 * request brought along.
 * @throws `ehr-unreachable` when it does not answer, or cannot do what we insist on (S256, https, an issuer with keys)
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export async function discoverAuthorization(tenant: SmartTenant, timeoutMs: number): Promise<AuthorizationServer> {
  const asked = { tenantId: tenant.id, timeoutMs };
  const { status, json } = await askServer(asked, new URL(`${tenant.fhirBase}/.well-known/smart-configuration`), {});
  const parsed = configurationShape.safeParse(json);
  if (status !== 200 || !parsed.success) throw unreachable(tenant.id, `its SMART configuration answers ${status}`);
  const said = parsed.data;
  if (!said.code_challenge_methods_supported.includes('S256')) {
    throw unreachable(tenant.id, 'its authorization server does not do PKCE with S256');
  }
  const issuer = tenant.issuer ?? said.issuer;
  if (issuer === undefined) throw unreachable(tenant.id, 'its SMART configuration names no issuer');
  const endpoint = (address: string | undefined, name: string) => safeEndpoint(tenant.id, address, name);
  return {
    issuer,
    authorize: endpoint(said.authorization_endpoint, 'authorization endpoint'),
    token: endpoint(said.token_endpoint, 'token endpoint'),
    jwks: endpoint(said.jwks_uri ?? (await keysOf(issuer)), 'key set'),
    ...(said.introspection_endpoint === undefined
      ? {}
      : { introspect: endpoint(said.introspection_endpoint, 'introspection endpoint') }),
    ...(said.revocation_endpoint === undefined
      ? {}
      : { revoke: endpoint(said.revocation_endpoint, 'revocation endpoint') }),
    capabilities: said.capabilities,
  };

  /** Before SMART 2.0 the key set stands only in the OpenID configuration. */
  async function keysOf(openIdIssuer: string): Promise<string | undefined> {
    const address = safeEndpoint(tenant.id, `${openIdIssuer}/.well-known/openid-configuration`, 'OpenID configuration');
    const answer = await askServer(asked, address, {});
    const openId = openIdShape.safeParse(answer.json);
    return openId.success && openId.data.issuer === openIdIssuer ? openId.data.jwks_uri : undefined;
  }
}
