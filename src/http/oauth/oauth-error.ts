import type { ErrorDescription } from '../describe-error.ts';

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'unauthorized_client'
  | 'temporarily_unavailable'
  | 'server_error';

/** A refusal of the token endpoint. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export class OAuthError extends Error {
  readonly error: OAuthErrorCode;

  constructor(error: OAuthErrorCode, description: string, options?: ErrorOptions) {
    super(description, options);
    this.name = 'OAuthError';
    this.error = error;
  }
}

/** Any error in OAuth's words; `invalid_client` is 401, other refusals 400, the rest keeps its status. */
export function oauthError(
  error: unknown,
  described: ErrorDescription,
): { status: number; body: { error: OAuthErrorCode; error_description: string } } {
  if (error instanceof OAuthError) {
    return {
      status: error.error === 'invalid_client' ? 401 : 400,
      body: { error: error.error, error_description: printable(error.message) },
    };
  }
  const passing = described.status === 429 || described.status === 503;
  const code = passing ? 'temporarily_unavailable' : described.status >= 500 ? 'server_error' : 'invalid_request';
  return { status: described.status, body: { error: code, error_description: printable(described.detail) } };
}

/** RFC 6749 permits neither quotes nor anything outside ASCII in `error_description`. */
function printable(text: string): string {
  return text.replace(/[“”‘’"]/g, "'").replace(/[^ !#-[\]-~]/g, '?');
}
