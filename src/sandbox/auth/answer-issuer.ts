import type { Site } from '../site.ts';

/**
 * What this EHR's configurations say of it: the tidy one names itself in its answers, and says so.
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-3
 */
export function statedIssuer(site: Site): { authorization_response_iss_parameter_supported: boolean } {
  return { authorization_response_iss_parameter_supported: !site.has('answer-issuer-unsaid') };
}

/** An answer of the authorization endpoint, as this EHR names itself in it (`iss`). */
export function withAnswerIssuer(site: Site, address: string): string {
  const url = new URL(address);
  const issuer = url.searchParams.get('iss');
  if (issuer === null) return address;
  if (site.has('answer-issuer-missing') || site.has('answer-issuer-unsaid')) url.searchParams.delete('iss');
  else if (site.has('answer-issuer-wrong')) url.searchParams.set('iss', `${issuer}/other`);
  return url.href;
}
