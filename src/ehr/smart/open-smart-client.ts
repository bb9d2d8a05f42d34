import { createRemoteJWKSet, customFetch } from 'jose';
import type { Clock } from '../../foundation/clock.ts';
import { defined } from '../../foundation/defined.ts';
import type { Visit } from '../../homework/patient/visit.ts';
import { ask } from '../ask.ts';
import { askScopes } from './ask-scopes.ts';
import { saysLater } from './ask-server.ts';
import { type AuthorizationServer, discoverAuthorization } from './discover-authorization.ts';
import type { Exchange } from './exchange.ts';
import { type CodeToExchange, exchangeCode, refreshTokens, type SignedIn } from './exchange-code.ts';
import { findPatients } from './find-patients.ts';
import type { UserRead, UserReader } from './read-as-user.ts';
import { readNames } from './read-names.ts';
import { readNextVisits } from './read-next-visits.ts';
import { type PatientSight, readPatients } from './read-patients.ts';
import { type PersonRead, readGroupMembers, readPatient } from './read-person.ts';
import { readUser, type UserAtEhr } from './read-user.ts';
import { revokeTokens } from './revoke-tokens.ts';
import { searchVisits, type VisitsOf } from './search-visits.ts';
import type { SmartTenant, UserTokens } from './smart-tenant.ts';

/** How long a discovery is taken at its word. */
const discoveryMs = 10 * 60_000;

/** Where a browser is sent to sign in, and what its answer is held to. */
export interface AskedSignIn extends Pick<AuthorizationServer, 'issuer' | 'answerNamesIssuer'> {
  readonly url: string;
  readonly scope: string;
}

/** One EHR connection as people sign in to it, and what is read there with their own tokens. */
export interface SmartClient {
  /**
   * Where the browser is to go to sign in.
   * @param request.iss the FHIR base as the launch spells it, for `aud`; absent: as the tenant does
   * @throws `ehr-unreachable`, `ehr-unfit`
   */
  authorizeUrl(request: {
    readonly iss?: string;
    readonly launch?: string;
    readonly state: string;
    readonly nonce: string;
    readonly codeChallenge: string;
    readonly redirectUri: string;
  }): Promise<AskedSignIn>;
  /** @throws what `exchangeCode` throws */
  exchangeCode(given: CodeToExchange): Promise<SignedIn>;
  /** @throws what `refreshTokens` throws */
  refresh(tokens: UserTokens): Promise<UserTokens>;
  /** Tells the authorization server that the tokens are no longer used; never throws. */
  revoke(tokens: UserTokens): Promise<void>;
  readPatient(accessToken: string, patientId: string): Promise<UserRead<PersonRead>>;
  /** The user's name and, if asked for, their PractitionerRoles with the codes of these. */
  readUser(accessToken: string, reference: string, withRoles: boolean): Promise<UserAtEhr>;
  /** What this person may see of each of these patients; of whom the EHR says nothing now is left out. */
  readPatients(
    accessToken: string,
    patientIds: readonly string[],
  ): Promise<UserRead<ReadonlyMap<string, PatientSight>>>;
  readNames(accessToken: string, references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** When each of these patients is next expected, as far as the EHR tells this person. */
  readNextVisits(accessToken: string, patientIds: readonly string[]): Promise<UserRead<ReadonlyMap<string, string>>>;
  /** Ids of patients by a part of their name. */
  findPatients(accessToken: string, name: string): Promise<UserRead<readonly string[]>>;
  /** Ids of the patients in a Group. */
  readGroupMembers(accessToken: string, groupId: string): Promise<UserRead<readonly string[]>>;
  /** The patient's latest encounters that have begun and took place, newest first. */
  visits(accessToken: string, of: VisitsOf): Promise<UserRead<readonly Visit[]>>;
}

/** Opens an EHR connection for people; nothing is asked of it yet. */
export function openSmartClient(
  tenant: SmartTenant,
  { clock, timeoutMs = 15_000 }: { readonly clock: Clock; readonly timeoutMs?: number },
): SmartClient {
  let known: { at: number; server: AuthorizationServer; keys: Exchange['keys'] } | undefined;
  const exchange = async (): Promise<Exchange> => {
    const now = clock.now().getTime();
    // one that seems to have been asked later than now was asked while the clock was wrong
    if (known === undefined || now - known.at > discoveryMs || now < known.at) {
      const server = await discoverAuthorization(tenant, timeoutMs);
      // the key set refetches itself when a token names a key that it does not have
      const keys = createRemoteJWKSet(server.jwks, {
        timeoutDuration: timeoutMs,
        cooldownDuration: 5_000,
        // a key set that is away is not one that is wrong
        [customFetch]: async (url, { headers }) => {
          const { origin } = server.jwks;
          const request = { url: new URL(url), origin, method: 'GET', headers: Object.fromEntries(headers) } as const;
          const { status, text } = await ask(request, { timeoutMs });
          if (saysLater(status)) throw new TypeError('the key set cannot be had now');
          return new Response(text === '' ? null : text, { status });
        },
      });
      known = { at: now, server, keys };
    }
    return { tenant, server: known.server, keys: known.keys, clock, timeoutMs };
  };
  const as = (accessToken: string): UserReader => ({
    ...{ tenant, accessToken, timeoutMs, at: clock.now() },
    language: tenant.language,
  });
  return {
    async authorizeUrl({ iss, launch, state, nonce, codeChallenge, redirectUri }) {
      const { server } = await exchange();
      const scope = askScopes(tenant.scopes, { ehrLaunch: launch !== undefined, capabilities: server.capabilities });
      const url = new URL(server.authorize);
      const parameters = {
        response_type: 'code',
        client_id: tenant.clientId,
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        aud: iss ?? tenant.fhirBase,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        ...defined({ launch }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return { url: url.href, scope, issuer: server.issuer, answerNamesIssuer: server.answerNamesIssuer };
    },
    exchangeCode: async (given) => exchangeCode(await exchange(), given),
    refresh: async (tokens) => refreshTokens(await exchange(), tokens),
    async revoke(tokens) {
      const at = await exchange().catch(() => undefined);
      if (at !== undefined) await revokeTokens(at, tokens);
    },
    readPatient: (accessToken, patientId) => readPatient(as(accessToken), patientId),
    readUser: (accessToken, reference, withRoles) => readUser(as(accessToken), reference, withRoles),
    readPatients: (accessToken, patientIds) => readPatients(as(accessToken), patientIds),
    readNames: (accessToken, references) => readNames(as(accessToken), references),
    readNextVisits: (accessToken, patientIds) => readNextVisits(as(accessToken), patientIds),
    findPatients: (accessToken, name) => findPatients(as(accessToken), name),
    readGroupMembers: (accessToken, groupId) => readGroupMembers(as(accessToken), groupId),
    visits: (accessToken, of) => searchVisits(as(accessToken), of),
  };
}
