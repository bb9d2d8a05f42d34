import type { Face } from '../faces.ts';

/**
 * `.well-known/smart-configuration` of one face.
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export function smartConfiguration(face: Face, issuer: string) {
  const scopes =
    face.name === 'native'
      ? ['system/*.cruds', 'system/*.rs']
      : ['system/*.rs', ...writableTypes(face).map((type) => `system/${type}.${letters(face, type)}`)];
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    token_endpoint: `${issuer}/token`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    scopes_supported: scopes,
    capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
  };
}

function writableTypes(face: Face): string[] {
  return [...face.types].filter(([, offer]) => offer.interactions.includes('create')).map(([type]) => type);
}

function letters(face: Face, type: string): string {
  return face.types.get(type)?.interactions.includes('update') ? 'crus' : 'crs';
}
