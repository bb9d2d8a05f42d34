import type { SourceName } from '../../homework/as-told-by.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';

/** What the tenant's configuration calls its source systems; one that is no longer registered goes by its client id. */
export function sourceNameOf(record: HomeworkRecord, tenantId: string): SourceName {
  const { sources = [] } = tenantOf(record, tenantId);
  return (clientId) => sources.find((source) => source.clientId === clientId)?.name ?? clientId;
}
