import type { Capabilities } from '../landing/capabilities.ts';
import { type Grants, knownGrants, noTokens } from '../landing/grants.ts';
import type { EhrTenant, Probe } from './ehr-tenant.ts';
import { neededOfPeople } from './smart/ask-scopes.ts';

/**
 * The scopes that count for a tenant: the service's own as granted, else as requested, and what the app asks of people
 * where it has a client: what the last clinician to sign in was granted, and until one has, what the app asks for.
 */
export function tenantGrants(
  tenant: Pick<EhrTenant, 'auth' | 'systemScopes' | 'clientId' | 'appScopes'>,
  capabilities: Capabilities,
  granted: Pick<Probe, 'grantedScope' | 'personScope'> = {},
): Grants {
  if (tenant.auth === 'none') return noTokens;
  const asked = tenant.clientId === undefined ? undefined : (tenant.appScopes ?? neededOfPeople.join(' '));
  const own = { granted: granted.grantedScope, requested: tenant.systemScopes };
  return knownGrants({ ...own, asked, grantedToPerson: granted.personScope }, capabilities);
}
