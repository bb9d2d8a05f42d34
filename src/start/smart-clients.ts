import { readFileSync } from 'node:fs';
import type { Tenant } from '../config/tenant-schema.ts';
import type { SigningKey } from '../ehr/ehr-tenant.ts';
import { openSmartClient, type SmartClient } from '../ehr/smart/open-smart-client.ts';
import type { ClientAuthentication } from '../ehr/smart/smart-tenant.ts';
import type { Clock } from '../foundation/clock.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';

/**
 * The EHR connections that people can sign in to: those whose tenant names the app's client id.
 * @throws `configuration-invalid` when a client secret cannot be read
 */
export function smartClients(
  tenants: readonly Tenant[],
  { signingKey, clock }: { readonly signingKey: SigningKey; readonly clock: Clock },
): Map<string, SmartClient> {
  const clients = new Map<string, SmartClient>();
  for (const tenant of tenants) {
    const { id, fhirBase, timeZone, issuer, clientId, appScopes: scopes, language } = tenant;
    if (clientId === undefined) continue;
    const authentication = authenticationOf(tenant, signingKey);
    const smartTenant = { id, fhirBase, timeZone, issuer, clientId, scopes, language, authentication };
    clients.set(id, openSmartClient(smartTenant, { clock }));
  }
  return clients;
}

function authenticationOf({ id, appAuth, appClientSecretFile }: Tenant, signingKey: SigningKey): ClientAuthentication {
  if (appAuth === 'key') return { method: 'private_key_jwt', signingKey };
  if (appAuth !== 'secret' || appClientSecretFile === undefined) return { method: 'none' };
  let secret = '';
  try {
    secret = readFileSync(appClientSecretFile, 'utf8').trim();
  } catch {
    // said below
  }
  if (secret !== '') return { method: 'client_secret_basic', secret };
  const issue = { variable: 'TENANTS_FILE', problem: `appClientSecretFile of "${id}" cannot be read or is empty` };
  throw new IntersessionError('configuration-invalid', { issues: [issue] }, `Configuration: ${issue.problem}`);
}
