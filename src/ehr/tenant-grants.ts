import type { Capabilities } from '../landing/capabilities.ts';
import { type Grants, knownGrants, noTokens } from '../landing/grants.ts';
import type { EhrTenant } from './ehr-tenant.ts';
import { neededOfPeople } from './smart/ask-scopes.ts';

/**
 * The scopes that count for a tenant: the service's own as granted, else as requested, and what the app asks of people
 * where it has a client. What a person was really granted is known only at sign-in, and checked then.
 */
export function tenantGrants(
  tenant: Pick<EhrTenant, 'auth' | 'systemScopes' | 'clientId' | 'appScopes'>,
  capabilities: Capabilities,
  granted?: string,
): Grants {
  if (tenant.auth === 'none') return noTokens;
  const asked = tenant.clientId === undefined ? undefined : (tenant.appScopes ?? neededOfPeople.join(' '));
  return knownGrants({ granted, requested: tenant.systemScopes, asked }, capabilities);
}
