import type { Clock } from '../foundation/clock.ts';
import { defined } from '../foundation/defined.ts';
import { hasCode, IntersessionError } from '../foundation/intersession-error.ts';
import { isThisMachine } from '../foundation/this-machine.ts';
import type { EhrTenant, SigningKey } from './ehr-tenant.ts';
import type { Authorizer } from './gateway.ts';
import { safeEndpoint, unfit } from './smart/ask-server.ts';
import { postAuthenticated, tokenOrRefusal } from './smart/request-token.ts';
import type { TokenResponse } from './token-response.ts';
import type { CircuitWatch } from './watch-circuits.ts';

const LEEWAY_MS = 30_000;

/** Tokens of the service itself, and the scope the server last said it granted. */
export interface BackendToken extends Authorizer {
  grantedScope(): string | undefined;
}

/**
 * Gets access tokens by SMART backend services (client_credentials, private_key_jwt, ES384): kept until 30 s before
 * they expire, one request at a time however many ask.
 * @throws from `authorization()` when no token can be had, as `ehrTrouble` knows them: `ehr-unreachable` when nothing was
 * answered, `app-not-registered`, `scopes-refused`, `ehr-refused` as OAuth words it, `ehr-unfit`, `ehr-answer-unusable`;
 * nothing was sent to the FHIR server then
 * @see https://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export function backendToken(options: {
  readonly tenant: EhrTenant;
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly tokenEndpoint: () => Promise<string | undefined>;
  readonly onGranted?: (scope: string) => Promise<void>;
  readonly circuits?: CircuitWatch;
  /** Told of each success, by the kind of request. */
  readonly succeeded?: (requestKind: string) => void;
}): BackendToken {
  const { tenant, clock } = options;
  const onThisMachine = isThisMachine(URL.parse(tenant.fhirBase)?.hostname ?? '');
  let held: { header: string; from: number; until: number } | undefined;
  let asking: Promise<string> | undefined;
  let granted: string | undefined;

  const ask = async (): Promise<string> => {
    const endpoint = safeEndpoint(tenant.id, await options.tokenEndpoint(), 'token endpoint');
    const answer = await requestOwnToken(options, endpoint);
    const { expiresIn = 300 } = answer;
    const header = `Bearer ${answer.accessToken}`;
    const from = clock.now().getTime();
    held = { header, from, until: from + expiresIn * 1000 - LEEWAY_MS };
    if (answer.scope !== undefined && answer.scope !== granted) {
      granted = answer.scope;
      await options.onGranted?.(answer.scope);
    }
    return header;
  };
  return {
    grantedScope: () => granted,
    async authorization() {
      if (tenant.auth === 'none') {
        if (!onThisMachine) {
          throw unfit(tenant.id, 'auth "none" is only for a server on this machine');
        }
        return undefined;
      }
      const now = clock.now().getTime();
      // one that seems to have been had later than now was had while the clock was wrong: how old it is, nobody knows
      if (held !== undefined && now >= held.from && now < held.until) return held.header;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    refused(authorization) {
      if (held?.header === authorization) held = undefined;
    },
  };
}

async function requestOwnToken(
  { tenant, signingKey, clock, timeoutMs, circuits, succeeded }: Parameters<typeof backendToken>[0],
  endpoint: URL,
): Promise<TokenResponse> {
  const { id, systemClientId: clientId = '', systemScopes: scope } = tenant;
  const client = { id, clientId, authentication: { method: 'private_key_jwt', signingKey } } as const;
  const parameters = { grant_type: 'client_credentials', ...defined({ scope }) };
  const begun = circuits?.began('token') ?? 0;
  const answer = await postAuthenticated({ tenant: client, clock, timeoutMs, endpoint, parameters }).catch(
    (error: unknown) => {
      circuits?.silent('token', { late: false, begun });
      throw error;
    },
  );
  circuits?.answered('token');
  try {
    const token = tokenOrRefusal(id, answer);
    succeeded?.('token');
    return token;
  } catch (error) {
    // no person is asked here: these words of OAuth are about the service itself
    if (!hasCode(error, 'code-replayed') && !hasCode(error, 'consent-denied')) throw error;
    const word = hasCode(error, 'code-replayed') ? 'invalid_grant' : 'access_denied';
    const problem = `the token endpoint, ${answer.status}: ${word}`;
    throw new IntersessionError('ehr-refused', { tenant: id, problem }, `EHR of ${id}: ${problem}`);
  }
}
