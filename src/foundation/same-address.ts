/**
 * The address of a server in one spelling, to compare it with others: scheme and host in small letters, no default port,
 * no slash at the end. The path stays letter for letter, dots and escapes included. undefined: it is no http(s) address
 * of a server, for it names a user, a query or a fragment.
 */
export function serverAddress(text: string): string | undefined {
  const parts = /^(https?):\/\/([^/?#\\@\s]+)((?:\/[^?#\\\s]*)?)$/i.exec(text);
  if (parts === null) return undefined;
  const [, scheme = '', authority = '', path = ''] = parts;
  // only the host goes through the parser: it would resolve dots in a path
  const origin = URL.parse(`${scheme}://${authority}`)?.origin;
  return origin === undefined ? undefined : `${origin}${path.replace(/\/$/, '')}`;
}

/**
 * Whether two spellings name the same server (an `iss`, a FHIR base, an issuer). Exact but for what spelling may differ
 * in; never a prefix.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
 */
export function sameAddress(text: string, other: string): boolean {
  const address = serverAddress(text);
  return text === other || (address !== undefined && address === serverAddress(other));
}
