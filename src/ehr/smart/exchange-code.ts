import type { JWTVerifyGetKey } from 'jose';
import { parseLiteral, relativeOf } from '../../fhir/parse-reference.ts';
import type { Clock } from '../../homework/clock.ts';
import { IntersessionError } from '../../homework/errors.ts';
import { grantsReading, grantsWriting } from './ask-scopes.ts';
import type { AuthorizationServer } from './discover-authorization.ts';
import { introspectToken } from './introspect-token.ts';
import { requestToken, type TokenResponse } from './request-token.ts';
import { revokeTokens } from './revoke-tokens.ts';
import type { SmartTenant, UserTokens } from './smart-tenant.ts';
import { verifyIdToken } from './verify-id-token.ts';

/** Where and as whom the exchange is made. */
export interface Exchange {
  readonly tenant: SmartTenant;
  readonly server: AuthorizationServer;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

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
  /** `Encounter/17`. */
  readonly encounter?: string;
  readonly intent?: string;
  readonly needPatientBanner: boolean;
  readonly styleUrl?: string;
  readonly canWrite: boolean;
  readonly canReadPatients: boolean;
}

/** How long an access token is taken to hold when its server does not say. */
const defaultSeconds = 300;
const idPattern = /^[A-Za-z0-9.-]{1,64}$/;

/**
 * Exchanges a code for tokens and verifies who they are of.
 * @throws `code-replayed`, `consent-denied`, `id-token-invalid`, `foreign-user`, `ehr-unreachable`
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
    void revokeTokens(exchange, { accessToken: answer.access_token, refreshToken: answer.refresh_token });
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
  const accessToken = answer.access_token;
  const identity = await verifyIdToken(answer.id_token, { ...verifyOptions(exchange), nonce, accessToken });
  const { subject, fhirUser } = identity;
  const userReference = fhirUser === undefined ? undefined : localReference(tenant, fhirUser);
  if (server.introspect !== undefined) {
    await introspectToken({ ...exchange, endpoint: server.introspect }, { accessToken, subject, fhirUser });
  }
  return {
    tokens: tokensOf(exchange, answer, { scope, subject }),
    ...(userReference === undefined ? {} : { userReference }),
    ...launchContext(tenant, answer),
    canWrite: grantsWriting(asked, scope),
    canReadPatients: grantsReading(scope),
  };
}

/**
 * Gets new tokens of the same person.
 * @throws `session-expired` when the grant holds no longer, `foreign-user`, `id-token-invalid`, `ehr-unreachable`
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
    const refused = error instanceof IntersessionError && ['code-replayed', 'consent-denied'].includes(error.code);
    throw refused ? ended('the EHR has ended it') : error;
  });
  if (answer.id_token !== undefined) {
    const accessToken = answer.access_token;
    const identity = await verifyIdToken(answer.id_token, { ...verifyOptions(exchange), accessToken });
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
  const seconds = answer.expires_in ?? defaultSeconds;
  return {
    accessToken: answer.access_token,
    expiresAt: new Date(clock.now().getTime() + seconds * 1000).toISOString(),
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    scope,
    subject,
  };
}

function launchContext(tenant: SmartTenant, answer: TokenResponse) {
  const { patient, encounter, intent, smart_style_url: styleUrl } = answer;
  if (patient !== undefined && !idPattern.test(patient)) {
    throw new IntersessionError(
      'launch-without-patient',
      { tenant: tenant.id },
      'The patient of the launch has no usable id.',
    );
  }
  return {
    ...(patient === undefined ? {} : { patientId: patient }),
    ...(encounter === undefined || !idPattern.test(encounter) ? {} : { encounter: `Encounter/${encounter}` }),
    ...(intent === undefined || !/^[\w.-]{1,64}$/.test(intent) ? {} : { intent }),
    ...(styleUrl === undefined || !/^https?:$/.test(URL.parse(styleUrl)?.protocol ?? '') ? {} : { styleUrl }),
    needPatientBanner: answer.need_patient_banner ?? true,
  };
}

/** @throws `id-token-invalid` when the user is no resource of this EHR */
function localReference(tenant: SmartTenant, fhirUser: string): string {
  const user = parseLiteral(fhirUser, { ehr: tenant.fhirBase });
  if (user.form === 'local') return relativeOf(user);
  const problem = 'fhirUser';
  throw new IntersessionError('id-token-invalid', { tenant: tenant.id, problem }, 'The user is not one of this EHR.');
}

function ended(problem: string): IntersessionError {
  return new IntersessionError('session-expired', { problem }, 'This sign-in has ended; sign in again.');
}
