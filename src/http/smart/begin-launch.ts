import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Launched } from '../../contract/app/session.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { sameAddress } from '../../foundation/same-address.ts';
import { keepLaunchState } from '../../record/session/launch-state.ts';
import { hashOf, opaqueToken } from '../../record/session/opaque-token.ts';
import { parseWith } from '../api/parse-with.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { thrownAndLogged } from './log-refusal.ts';

const launchBody = z.strictObject({
  iss: z.string().max(2_000),
  launch: z.string().min(1).max(4_000).exactOptional(),
  tabKeyHash: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 as base64url'),
});

/** The one address that authorization servers send browsers back to. */
export function redirectUriOf({ config }: Pick<AppOptions, 'config'>): string {
  return `${config.publicUrl}/callback`;
}

/**
 * `POST /smart/launch`: begins a sign-in at the EHR of `iss`, bound to the tab that asks.
 *
 * [!WARNING] `iss` is compared with the tenants' FHIR bases before anything is fetched (whole, but for how a host and the
 * last slash are spelled); nothing is ever asked of an address that a request brought along.
 * @throws `invalid-request`, `unknown-issuer`, `ehr-unreachable`, `ehr-unfit`
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html#obtain-authorization-code
 */
export function beginLaunch(options: AppOptions, { clients }: SmartOptions): RequestHandler {
  return async (request, response) => {
    const { iss, launch, tabKeyHash } = parseWith(launchBody, request.body, 'body');
    const tenant = options.tenants.find(({ id, fhirBase }) => sameAddress(fhirBase, iss) && clients.has(id));
    const client = tenant === undefined ? undefined : clients.get(tenant.id);
    if (tenant === undefined || client === undefined) {
      const problem = 'iss is the FHIR base of none of our tenants';
      throw new IntersessionError('unknown-issuer', { problem }, 'This EHR is not connected.');
    }
    const [state, nonce, codeVerifier] = [opaqueToken(), opaqueToken(), opaqueToken()];
    const asked = await client
      .authorizeUrl({
        // SMART wants `aud` as the EHR itself spells its base
        iss,
        ...defined({ launch }),
        ...{ state, nonce, codeChallenge: hashOf(codeVerifier), redirectUri: redirectUriOf(options) },
      })
      .catch(thrownAndLogged(options.logger));
    const { url, ...held } = asked;
    const launchState = { tenantId: tenant.id, tabKeyHash, nonce, codeVerifier, ...held };
    await keepLaunchState(options.record, state, launchState);
    response.set('Cache-Control', 'no-store').json({ authorizeUrl: url } satisfies Launched);
  };
}
