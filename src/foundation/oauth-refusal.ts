import { IntersessionError } from './intersession-error.ts';

/** A refusal of the EHR's authorization server, as OAuth words it. */
export interface OAuthRefusal {
  readonly tenant: string;
  /** OAuth's own word, `invalid_client`; undefined: there was none that is one. */
  readonly error: string | undefined;
  /** Where it was said, for whoever looks after the connection: `the token endpoint, 401`. */
  readonly by: string;
}

const notKnown = ['invalid_client', 'unauthorized_client'];
const later = ['temporarily_unavailable', 'server_error'];
const notAllowed = ['access_denied', 'consent_required'];

/**
 * An OAuth refusal as an error of ours: each kind says what it is, and `problem` repeats OAuth's word. Nothing else of
 * the answer is repeated, for an `error_description` may quote anything.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export function oauthRefusal({ tenant, error, by }: OAuthRefusal): IntersessionError {
  const problem = `${by}: ${error ?? 'no OAuth error'}`;
  const fields = { tenant, problem };
  if (error === 'invalid_grant')
    return new IntersessionError('code-replayed', { tenant }, 'The EHR takes this sign-in no more.');
  if (error === undefined) return new IntersessionError('ehr-answer-unusable', fields, `EHR of ${tenant}: ${problem}`);
  if (notAllowed.includes(error))
    return new IntersessionError('consent-denied', fields, `Access was not granted: ${error}.`);
  if (later.includes(error)) return new IntersessionError('ehr-unreachable', fields, `EHR of ${tenant}: ${problem}`);
  if (notKnown.includes(error)) {
    return new IntersessionError(
      'app-not-registered',
      fields,
      `The EHR does not know this app as it is set up: ${error}.`,
    );
  }
  if (error === 'invalid_scope') {
    return new IntersessionError('scopes-refused', fields, `The EHR does not grant what is asked for: ${error}.`);
  }
  return new IntersessionError('ehr-refused', fields, `The EHR refused: ${error}.`);
}

/** OAuth's error code out of an answer or an address; undefined for what is none. */
export function oauthErrorCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : undefined;
}
