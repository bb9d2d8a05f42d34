import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import { type Clock, clockLeewaySeconds } from '../foundation/clock.ts';
import { defined } from '../foundation/defined.ts';

/** SMART's five minutes, seen by a clock that is as far behind ours as we allow for. */
const assertionSeconds = 300 - clockLeewaySeconds;

/** What proves a client at one server, once. */
export interface ClientProof {
  readonly clientId: string;
  /** `alg` of the JWK, else ES384. */
  readonly key: { readonly kid?: string | undefined; readonly privateJwk: JWK };
  /** The token endpoint, as its server spells it. */
  readonly audience: string;
  readonly clock: Clock;
}

/**
 * The parameters of a token request by which a client proves who it is: a signed assertion, good for one request.
 * @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html#authenticating-to-the-token-endpoint
 */
export async function signClientAssertion({
  clientId,
  key,
  audience,
  clock,
}: ClientProof): Promise<{ readonly client_assertion_type: string; readonly client_assertion: string }> {
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const { kid, privateJwk } = key;
  const { alg = 'ES384' } = privateJwk;
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg, ...defined({ kid }), typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(seconds - clockLeewaySeconds)
    .setExpirationTime(seconds + assertionSeconds)
    .sign(await importJWK(privateJwk, alg));
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}
