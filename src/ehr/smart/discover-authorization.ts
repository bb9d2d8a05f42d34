import { z } from 'zod';
import { sameAddress } from '../../foundation/same-address.ts';
import { askServer, safeEndpoint, saysLater, unfit, unreachable } from './ask-server.ts';
import { openIdConfigurationOf, readConfiguration, signInFlaws } from './smart-configuration.ts';
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

const openIdShape = z.object({ issuer: z.string(), jwks_uri: z.string() });

/**
 * Asks a tenant's EHR for its authorization server. Only an EHR of the configuration is asked, never an address that a
 * request brought along.
 * @throws `ehr-unreachable` when it does not answer; `ehr-unfit` when it cannot do what we insist on (S256, https, an
 * issuer with keys)
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest
 */
export async function discoverAuthorization(tenant: SmartTenant, timeoutMs: number): Promise<AuthorizationServer> {
  const asked = { tenantId: tenant.id, timeoutMs };
  const { status, json } = await askServer(asked, new URL(`${tenant.fhirBase}/.well-known/smart-configuration`));
  if (saysLater(status)) throw unreachable(tenant.id, `its SMART configuration answers ${status}`);
  const said = status === 200 ? readConfiguration(json) : undefined;
  if (said === undefined) throw unfit(tenant.id, `its SMART configuration answers ${status}, and no JSON object`);
  const [flaw] = signInFlaws(said, tenant);
  if (flaw !== undefined) throw unfit(tenant.id, flaw.problem);
  const issuer = tenant.issuer ?? said.issuer ?? '';
  const endpoint = (address: string | undefined, name: string) => safeEndpoint(tenant.id, address, name);
  return {
    issuer,
    authorize: endpoint(said.authorize, 'authorization endpoint'),
    token: endpoint(said.token, 'token endpoint'),
    jwks: endpoint(said.jwksUri ?? (await keysOf(issuer)), 'key set'),
    ...(said.introspect === undefined ? {} : { introspect: endpoint(said.introspect, 'introspection endpoint') }),
    ...(said.revoke === undefined ? {} : { revoke: endpoint(said.revoke, 'revocation endpoint') }),
    capabilities: said.capabilities,
  };

  /** Before SMART 2.0 the key set stands only in the OpenID configuration. */
  async function keysOf(openIdIssuer: string): Promise<string> {
    const name = 'OpenID configuration';
    const answer = await askServer(asked, safeEndpoint(tenant.id, openIdConfigurationOf(openIdIssuer), name));
    if (saysLater(answer.status)) throw unreachable(tenant.id, `its ${name} answers ${answer.status}`);
    const openId = openIdShape.safeParse(answer.json);
    if (!openId.success) throw unfit(tenant.id, `its ${name} names no issuer and key set`);
    if (!sameAddress(openId.data.issuer, openIdIssuer)) throw unfit(tenant.id, `its ${name} is another issuer’s`);
    return openId.data.jwks_uri;
  }
}
