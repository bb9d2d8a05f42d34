import type { SigningKey } from '../ehr-tenant.ts';

/** How the app proves who it is at the token endpoint. */
export type ClientAuthentication =
  | { readonly method: 'none' }
  | { readonly method: 'client_secret_basic'; readonly secret: string }
  | { readonly method: 'private_key_jwt'; readonly signingKey: SigningKey };

/** What must be known of an EHR connection to sign people in there. */
export interface SmartTenant {
  readonly id: string;
  /** Without a trailing slash; what `iss` of a launch must equal, and `aud` of an authorization request. */
  readonly fhirBase: string;
  /** In which the EHR's days lie, where it says no time; absent: UTC. */
  readonly timeZone?: string | undefined;
  /** Of id_tokens; absent: the one that the EHR's SMART configuration names. */
  readonly issuer?: string | undefined;
  readonly clientId: string;
  readonly authentication: ClientAuthentication;
  /** Scopes to ask for besides those of the launch itself, separated by spaces; absent: what the app needs. */
  readonly scopes?: string | undefined;
  /** BCP 47, of the people who sign in. */
  readonly language?: string | undefined;
}

/** What an authorization server gave for a person; never leaves the service. */
export interface UserTokens {
  readonly accessToken: string;
  /** ISO instant. */
  readonly expiresAt: string;
  readonly refreshToken?: string;
  /** Granted scopes, separated by spaces. */
  readonly scope: string;
  /** `sub` of the id_token: a refreshed one must be the same. */
  readonly subject: string;
}
