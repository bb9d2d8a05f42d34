import { tokenUrl } from './token-endpoint.ts';

/** What `/.well-known/smart-configuration` says of a tenant's endpoint. @see https://hl7.org/fhir/smart-app-launch/conformance.html */
export function smartConfiguration(publicUrl: string, tenantId: string): object {
  return {
    issuer: publicUrl,
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    token_endpoint: tokenUrl(publicUrl, tenantId),
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    scopes_supported: ['system/*.cruds', 'system/*.rs'],
    response_types_supported: [],
    code_challenge_methods_supported: ['S256'],
    capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
  };
}
