import { z } from 'zod';
import { sameAddress } from '../../foundation/same-address.ts';
import { askServer, safeEndpoint, saysLater, unfit, unreachable } from './ask-server.ts';
import { openIdConfigurationOf, readConfiguration, saysAnswerNamesIssuer, signInFlaws } from './smart-configuration.ts';
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
  /** It says that each answer of its authorization endpoint names it (`iss`). @see https://www.rfc-editor.org/rfc/rfc9207 */
  readonly answerNamesIssuer: boolean;
}

const openIdShape = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** What of an OpenID configuration is asked for. */
interface OpenIdSaid {
  readonly jwksUri: string;
  readonly answerNamesIssuer: boolean;
}

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
  const openId = said.jwksUri === undefined ? await openIdOf(issuer) : undefined;
  const endpoint = (address: string | undefined, name: string) => safeEndpoint(tenant.id, address, name);
  return {
    issuer,
    authorize: endpoint(said.authorize, 'authorization endpoint'),
    token: endpoint(said.token, 'token endpoint'),
    jwks: endpoint(said.jwksUri ?? openId?.jwksUri, 'key set'),
    ...(said.introspect === undefined ? {} : { introspect: endpoint(said.introspect, 'introspection endpoint') }),
    ...(said.revoke === undefined ? {} : { revoke: endpoint(said.revoke, 'revocation endpoint') }),
    capabilities: said.capabilities,
    answerNamesIssuer: said.answerNamesIssuer || openId?.answerNamesIssuer === true,
  };

  /** Before SMART 2.0 the key set stands only in the OpenID configuration. */
  async function openIdOf(openIdIssuer: string): Promise<OpenIdSaid> {
    const name = 'OpenID configuration';
    const answer = await askServer(asked, safeEndpoint(tenant.id, openIdConfigurationOf(openIdIssuer), name));
    if (saysLater(answer.status)) throw unreachable(tenant.id, `its ${name} answers ${answer.status}`);
    const read = openIdShape.safeParse(answer.json);
    if (!read.success) throw unfit(tenant.id, `its ${name} names no issuer and key set`);
    if (!sameAddress(read.data.issuer, openIdIssuer)) throw unfit(tenant.id, `its ${name} is another issuer’s`);
    return { jwksUri: read.data.jwks_uri, answerNamesIssuer: saysAnswerNamesIssuer(answer.json) };
  }
}
