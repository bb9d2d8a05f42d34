import type { Face } from '../faces.ts';
import type { FaceServer } from '../fhir/served-face.ts';
import type { Site } from '../site.ts';
import { statedIssuer } from './answer-issuer.ts';
import { statedScopes } from './grant-launch.ts';

/**
 * `.well-known/smart-configuration` of one face.
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export function smartConfiguration({ face, site, authorization }: FaceServer) {
  const ancient = site.has('smart-1-configuration');
  return {
    ...(ancient ? {} : { issuer: `${authorization.issuer}${site.has('issuer-with-slash') ? '/' : ''}` }),
    ...(ancient ? {} : statedIssuer(site)),
    ...(ancient || site.has('keys-by-openid-only') ? {} : { jwks_uri: authorization.jwks }),
    authorization_endpoint: authorization.authorize,
    token_endpoint: authorization.token,
    introspection_endpoint: authorization.introspect,
    revocation_endpoint: authorization.revoke,
    grant_types_supported: ['authorization_code', 'client_credentials'],
    response_types_supported: ['code'],
    ...(ancient ? {} : { code_challenge_methods_supported: ['S256'] }),
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    ...scopesSupported(face, site),
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'authorize-post',
      'client-public',
      'client-confidential-symmetric',
      'client-confidential-asymmetric',
      'sso-openid-connect',
      'context-banner',
      'context-style',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-standalone-patient',
      'context-standalone-encounter',
      'permission-offline',
      'permission-online',
      'permission-patient',
      'permission-user',
      'permission-v1',
      'permission-v2',
    ],
  };
}

function scopesSupported(face: Face, site: Site): { scopes_supported?: readonly string[] } {
  if (face.scopesSupported === 'none') return {};
  if (face.scopesSupported !== 'as-granted') return { scopes_supported: face.scopesSupported };
  const levels = ['patient', 'user', 'system'] as const;
  return { scopes_supported: [...statedScopes, ...levels.flatMap((level) => site.grants(level))] };
}

/** What an app may imitate to look at home here. @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#styling */
export const smartStyle = {
  color_background: '#f3f5f7',
  color_error: '#9b1c1c',
  color_highlight: '#155e83',
  color_modal_backdrop: '',
  color_success: '#1f6b43',
  color_text: '#1d2730',
  dim_border_radius: '8px',
  dim_font_size: '15px',
  dim_spacing_size: '16px',
  font_family_body: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  font_family_heading: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
};
