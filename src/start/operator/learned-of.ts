import { existsSync } from 'node:fs';
import type { Config } from '../../config/read-config.ts';
import type { Learned } from '../../ehr/ehr-tenant.ts';
import { defined } from '../../foundation/defined.ts';
import { openDatabase } from '../../record/database/open-database.ts';
import { probeStore } from '../../record/store/probe-store.ts';
import { askLearned } from './ask-operator-door.ts';
import { operatorSocket } from './operator-door.ts';

/** Whoever looks at a connection does not wait for a database that has other work. */
const statementSeconds = 5;

/**
 * What the service has learned of a tenant's EHR in practice: from its database (DATABASE_URL), else, while it runs, by its own door.
 * Reads, and changes nothing. undefined: there is nothing to be had, as before the first start.
 */
export async function learnedOf(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  tenantId: string,
): Promise<Learned | undefined> {
  try {
    if (databaseUrl !== undefined) return await learnedInDatabase(databaseUrl, tenantId);
    const socket = operatorSocket(dataDir);
    return existsSync(socket) ? await askLearned(socket, tenantId) : undefined;
  } catch {
    // not started yet, of another version, or away: what the EHR states is told all the same, and as what it is
    return undefined;
  }
}

async function learnedInDatabase(databaseUrl: string, tenantId: string): Promise<Learned | undefined> {
  const database = await openDatabase({ databaseUrl, statementSeconds });
  try {
    const store = probeStore(database);
    const [probe, corrections] = await Promise.all([store.load(tenantId), store.corrections(tenantId)]);
    if (probe === undefined) return undefined;
    return { ...defined({ grantedScope: probe.grantedScope, personScope: probe.personScope }), corrections };
  } finally {
    await database.close();
  }
}
