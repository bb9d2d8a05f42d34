import type { Config } from '../config/read-config.ts';
import { hasRecord, type OpenOperator, openOperator } from '../start/operator/open-operator.ts';
import { configForTenant } from './config-for-tenant.ts';
import { UsageError } from './usage-error.ts';

/** What the help of the operator's commands says of where they work. */
export const operatorHelp = [
  'Works on the database itself (DATABASE_URL, else the embedded one in DATA_DIR), which it brings up to date first; while',
  'the service holds the embedded one, by the service’s own socket in DATA_DIR. So it is for whoever may read either, and',
  'for no client and no signed-in person.',
];

/**
 * The operator's work on a tenant's record.
 * @throws UsageError when there is no such tenant, or nothing to work on
 */
export async function operatorFor(tenantId: string, needs: 'a record' | 'a place'): Promise<OpenOperator> {
  const config: Config = configForTenant(process.env, tenantId);
  const tenant = config.tenants.find(({ id }) => id === tenantId);
  if (tenant === undefined) {
    const known = config.tenants.map(({ id }) => id).join(', ');
    throw new UsageError(`there is no tenant "${tenantId}"; there are ${known}`);
  }
  if (needs === 'a record' && !hasRecord(config)) {
    throw new UsageError(`DATA_DIR ${config.dataDir} holds no record, and DATABASE_URL is not set`);
  }
  return openOperator(config, tenant);
}
