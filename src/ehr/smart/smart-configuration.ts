import { isObject } from '../../foundation/is-object.ts';

/** What a SMART configuration says that signing in needs; read leniently, for an element of another type says nothing. */
export interface StatedConfiguration {
  readonly issuer?: string;
  readonly jwksUri?: string;
  readonly authorize?: string;
  readonly token?: string;
  readonly introspect?: string;
  readonly revoke?: string;
  /** Absent: it does not speak of PKCE, as none did before SMART 2.0. */
  readonly challengeMethods?: readonly string[];
  readonly authMethods?: readonly string[];
  readonly signingAlgorithms?: readonly string[];
  readonly scopes?: readonly string[];
  readonly capabilities: readonly string[];
  /** Each answer of its authorization endpoint names the issuer. @see https://www.rfc-editor.org/rfc/rfc9207#section-3 */
  readonly answerNamesIssuer: boolean;
}

/** Why people cannot sign in by a configuration, and what to ask for. */
export interface Flaw {
  /** A clause: `its SMART configuration names no issuer`. */
  readonly problem: string;
  /** A sentence. */
  readonly ask: string;
  /** The endpoint that it is about, where it is about one: the service itself needs the token endpoint alone. */
  readonly endpoint?: 'authorize' | 'token';
}

/**
 * Reads `.well-known/smart-configuration`.
 * @returns undefined when it is no JSON object
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export function readConfiguration(json: unknown): StatedConfiguration | undefined {
  if (!isObject(json)) return undefined;
  const text = (name: string) => {
    const value = json[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const list = (name: string) => {
    const value = json[name];
    return Array.isArray(value) ? value.filter((value) => typeof value === 'string') : undefined;
  };
  const found = {
    issuer: text('issuer'),
    jwksUri: text('jwks_uri'),
    authorize: text('authorization_endpoint'),
    token: text('token_endpoint'),
    introspect: text('introspection_endpoint'),
    revoke: text('revocation_endpoint'),
    challengeMethods: list('code_challenge_methods_supported'),
    authMethods: list('token_endpoint_auth_methods_supported'),
    signingAlgorithms: list('token_endpoint_auth_signing_alg_values_supported'),
    scopes: list('scopes_supported'),
  };
  const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  const answerNamesIssuer = saysAnswerNamesIssuer(json);
  return { ...known, capabilities: list('capabilities') ?? [], answerNamesIssuer };
}

/** What a configuration says by `authorization_response_iss_parameter_supported`: nothing but `true` is a promise. */
export function saysAnswerNamesIssuer(json: unknown): boolean {
  return isObject(json) && json.authorization_response_iss_parameter_supported === true;
}

/** The endpoints that signing in needs, as people name them. */
export const endpointNames = [
  ['authorize', 'authorization endpoint'],
  ['token', 'token endpoint'],
] as const;

/**
 * What keeps people from signing in, before anybody has tried: the same that a launch insists on.
 * @param issuer the tenant's own word, which makes up for a configuration that names none
 */
export function signInFlaws(said: StatedConfiguration, { issuer }: { readonly issuer?: string | undefined }): Flaw[] {
  const flaws: Flaw[] = [];
  if (!(said.challengeMethods ?? []).includes('S256')) {
    flaws.push({
      problem:
        said.challengeMethods === undefined
          ? 'its SMART configuration does not say that its authorization server does PKCE with S256'
          : 'its authorization server does not do PKCE with S256',
      ask: 'Ask for SMART App Launch 2: PKCE, with S256 in code_challenge_methods_supported.',
    });
  }
  if (issuer === undefined && said.issuer === undefined) {
    flaws.push({
      problem: 'its SMART configuration names no issuer',
      ask: "Ask for the issuer of its id_tokens, and name it in the tenant's issuer.",
    });
  }
  for (const [endpoint, name] of endpointNames) {
    if (said[endpoint] === undefined) {
      flaws.push({
        endpoint,
        problem: `its SMART configuration names no ${name}`,
        ask: `Ask for the ${name} in .well-known/smart-configuration.`,
      });
    }
  }
  return flaws;
}

/** Where OpenID puts the configuration of an issuer: a slash at its end is removed first. */
export function openIdConfigurationOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}
