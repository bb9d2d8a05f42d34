import { defined } from '../../foundation/defined.ts';
import { isEhrId } from '../../foundation/ehr-id.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { sameAddress } from '../../foundation/same-address.ts';
import type { TokenResponse } from '../token-response.ts';
import { grantsReading, grantsWriting, refusedWriting } from './ask-scopes.ts';
import type { Exchange } from './exchange.ts';
import { introspectToken } from './introspect-token.ts';
import { localReference } from './local-reference.ts';
import { requestToken } from './request-token.ts';
import { revokeTokens } from './revoke-tokens.ts';
import type { SmartTenant, UserTokens } from './smart-tenant.ts';
import { verifyIdToken } from './verify-id-token.ts';

export interface CodeToExchange {
  readonly code: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
  /** What the authorization request asked for. */
  readonly asked: string;
}

/** Who signed in, with what, and for whom: all of it out of the token response that we received ourselves. */
export interface SignedIn {
  readonly tokens: UserTokens;
  /** `Practitioner/17`; absent: `fhirUser` was not granted. */
  readonly userReference?: string;
  readonly patientId?: string;
  /** The EHR named a patient by what cannot be an id. */
  readonly patientUnusable?: boolean;
  /** `Encounter/17`. */
  readonly encounter?: string;
  readonly intent?: string;
  readonly needPatientBanner: boolean;
  readonly styleUrl?: string;
  readonly canWrite: boolean;
  /** Types whose writing was asked for and not granted. */
  readonly refusedWrites: readonly string[];
  readonly canReadPatients: boolean;
  /** Names of optional values of the answer that could not be used, for the log. */
  readonly dropped: readonly string[];
}

/** How long an access token is taken to hold when its server does not say. */
const defaultSeconds = 300;

/**
 * Exchanges a code for tokens and verifies who they are of.
 * @throws what `requestToken` throws, `id-token-invalid`, `unusable-id`, `foreign-user`
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html
 */
export async function exchangeCode(exchange: Exchange, given: CodeToExchange): Promise<SignedIn> {
  const { server } = exchange;
  const { code, codeVerifier, nonce, redirectUri, asked } = given;
  const answer = await requestToken({
    ...exchange,
    endpoint: server.token,
    parameters: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier },
  });
  try {
    return await verified(exchange, answer, { nonce, asked });
  } catch (error) {
    // who is turned away leaves no tokens behind; what was wrong is said without waiting for that
    void revokeTokens(exchange, { accessToken: answer.accessToken, refreshToken: answer.refreshToken });
    throw error;
  }
}

async function verified(
  exchange: Exchange,
  answer: TokenResponse,
  { nonce, asked }: Pick<CodeToExchange, 'nonce' | 'asked'>,
): Promise<SignedIn> {
  const { tenant, server } = exchange;
  // a server that says nothing of the scope has granted what was asked for
  const scope = answer.scope ?? asked;
  if (!scope.split(/\s+/).includes('openid')) {
    const fields = { tenant: tenant.id, problem: 'openid' };
    throw new IntersessionError('consent-denied', fields, 'Who signs in was not shared.');
  }
  const { accessToken } = answer;
  const identity = await verifyIdToken(answer.idToken, { ...verifyOptions(exchange), nonce, accessToken });
  const { subject, fhirUser } = identity;
  const userReference = fhirUser === undefined ? undefined : userReferenceOf(tenant, fhirUser);
  if (server.introspect !== undefined) {
    await introspectToken({ ...exchange, endpoint: server.introspect }, { accessToken, subject, fhirUser });
  }
  return {
    tokens: tokensOf(exchange, answer, { scope, subject }),
    ...defined({ userReference }),
    ...launchContext(answer),
    canWrite: grantsWriting(asked, scope),
    refusedWrites: refusedWriting(asked, scope),
    canReadPatients: grantsReading(scope),
    dropped: answer.dropped,
  };
}

/** What a refused refresh means that ends a sign-in. */
const endings: readonly string[] = ['code-replayed', 'consent-denied', 'scopes-refused'];

/**
 * Gets new tokens of the same person.
 * @throws `session-expired` when the grant holds no longer, `foreign-user`, `id-token-invalid`, what `requestToken` throws
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html#refresh-access-token
 */
export async function refreshTokens(exchange: Exchange, before: UserTokens): Promise<UserTokens> {
  const { refreshToken, scope, subject } = before;
  if (refreshToken === undefined) throw ended('the EHR gave no refresh token');
  const answer = await requestToken({
    ...exchange,
    endpoint: exchange.server.token,
    parameters: { grant_type: 'refresh_token', refresh_token: refreshToken },
  }).catch((error: unknown) => {
    const refused = error instanceof IntersessionError && endings.includes(error.code);
    throw refused ? ended('the EHR has ended it') : error;
  });
  if (answer.idToken !== undefined) {
    const { accessToken } = answer;
    const identity = await verifyIdToken(answer.idToken, { ...verifyOptions(exchange), accessToken });
    if (identity.subject !== subject) {
      const problem = 'it was refreshed as another user';
      const fields = { tenant: exchange.tenant.id, problem };
      throw new IntersessionError('foreign-user', fields, `This sign-in does not hold: ${problem}.`);
    }
  }
  const tokens = tokensOf(exchange, answer, { scope: answer.scope ?? scope, subject });
  // a server that does not rotate refresh tokens sends none again
  return tokens.refreshToken === undefined ? { ...tokens, refreshToken } : tokens;
}

function verifyOptions({ tenant, server, keys, clock }: Exchange) {
  return { tenantId: tenant.id, issuer: server.issuer, clientId: tenant.clientId, keys, clock };
}

function tokensOf(
  { clock }: Exchange,
  answer: TokenResponse,
  { scope, subject }: { scope: string; subject: string },
): UserTokens {
  const seconds = answer.expiresIn ?? defaultSeconds;
  return {
    accessToken: answer.accessToken,
    expiresAt: new Date(clock.now().getTime() + seconds * 1000).toISOString(),
    ...defined({ refreshToken: answer.refreshToken }),
    scope,
    subject,
  };
}

function launchContext({ patient, encounter, intent, styleUrl, needPatientBanner = true }: TokenResponse) {
  return {
    ...(patient === undefined ? {} : patient === 'unusable' ? { patientUnusable: true } : { patientId: patient.id }),
    ...(encounter === undefined ? {} : { encounter: `Encounter/${encounter}` }),
    ...defined({ intent, styleUrl }),
    needPatientBanner,
  };
}

/** @throws `unusable-id`; `id-token-invalid` when the user is no resource of this EHR */
function userReferenceOf(tenant: SmartTenant, fhirUser: string): string {
  const reference = localReference(tenant, fhirUser);
  if (reference !== undefined) return reference;
  const [, base, id = ''] = /^(?:(.*)\/)?[A-Z][A-Za-z]+\/([^/]*)$/.exec(fhirUser) ?? [];
  if (id !== '' && !isEhrId(id) && (base === undefined || sameAddress(base, tenant.fhirBase))) {
    const field = 'fhirUser';
    throw new IntersessionError('unusable-id', { tenant: tenant.id, field }, `The id in ${field} cannot be used here.`);
  }
  const problem = 'fhirUser';
  throw new IntersessionError('id-token-invalid', { tenant: tenant.id, problem }, 'The user is not one of this EHR.');
}

function ended(problem: string): IntersessionError {
  return new IntersessionError('session-expired', { problem }, 'This sign-in has ended; sign in again.');
}
