import { type Config, readConfig } from '../config/read-config.ts';
import { vendorOfTenant } from '../config/sandbox-tenants.ts';

/** The configuration in which a tenant is looked for: `sandbox-epic` and its like stand there when no file names others. */
export function configForTenant(environment: Record<string, string | undefined>, tenantId: string | undefined): Config {
  return readConfig(environment, { vendor: tenantId === undefined ? undefined : vendorOfTenant(tenantId) });
}
