import type { Exchange } from './exchange.ts';
import { postAuthenticated } from './request-token.ts';

/**
 * Tells the authorization server that tokens are no longer used, where it takes that; never throws, for they expire by
 * themselves.
 * @see https://www.rfc-editor.org/rfc/rfc7009
 */
export async function revokeTokens(
  exchange: Pick<Exchange, 'tenant' | 'server' | 'clock' | 'timeoutMs'>,
  { accessToken, refreshToken }: { readonly accessToken: string; readonly refreshToken?: string | undefined },
): Promise<void> {
  const endpoint = exchange.server.revoke;
  if (endpoint === undefined) return;
  // most servers end the access token with its refresh token, not all; the order makes it so for both
  for (const token of [refreshToken, accessToken]) {
    if (token === undefined) continue;
    await postAuthenticated({ ...exchange, endpoint, parameters: { token } }).catch(() => undefined);
  }
}
