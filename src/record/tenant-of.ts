import { IntersessionError } from '../foundation/intersession-error.ts';
import type { HomeworkRecord, RecordTenant } from './homework-record.ts';

/** The tenant of this id. @throws `unknown-tenant` */
export function tenantOf(record: HomeworkRecord, tenantId: string): RecordTenant {
  const tenant = record.tenants.get(tenantId);
  if (tenant === undefined) {
    throw new IntersessionError('unknown-tenant', { tenant: tenantId }, `There is no tenant "${tenantId}".`);
  }
  return tenant;
}
