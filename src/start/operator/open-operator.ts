import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import { systemClock } from '../../foundation/clock.ts';
import { defined } from '../../foundation/defined.ts';
import { hasCode } from '../../foundation/intersession-error.ts';
import type { Database } from '../../record/database/database.ts';
import { migrate } from '../../record/database/migrate.ts';
import { loadResponseSecret } from '../../record/keys/secrets.ts';
import { openRecord } from '../../record/open-record.ts';
import { withDemoClient } from '../demo-client.ts';
import { openStore } from '../open-store.ts';
import { doorOperator } from './ask-operator-door.ts';
import { type OperatedTenant, type Operator, operatorOf } from './operator.ts';
import { operatorSocket } from './operator-door.ts';

/** The operator's work on a tenant's record, until it is closed. */
export interface OpenOperator {
  readonly operator: Operator;
  close(): Promise<void>;
}

/** Whether the configuration names a database that may hold something: an embedded one must be there. */
export function hasRecord({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): boolean {
  return databaseUrl !== undefined || existsSync(join(dataDir, 'record'));
}

/**
 * Opens the record as its operator: the database itself, brought up to date; while a service holds the embedded one, by
 * that service's own door.
 * @throws `folder-locked` when a process holds the folder and has no door; `configuration-invalid`
 */
export async function openOperator(config: Config, tenant: OperatedTenant): Promise<OpenOperator> {
  const database = await openStore(config).catch((error: unknown) => {
    const socket = operatorSocket(config.dataDir);
    if (hasCode(error, 'folder-locked') && existsSync(socket)) return socket;
    throw error;
  });
  if (typeof database === 'string') {
    return { operator: doorOperator(database, tenant.id), close: async () => {} };
  }
  try {
    return { operator: await operatorOn(database, config, tenant), close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function operatorOn(database: Database, config: Config, tenant: OperatedTenant): Promise<Operator> {
  await migrate(database, systemClock);
  const record = openRecord({
    database,
    clock: systemClock,
    publicUrl: config.publicUrl,
    // no EHR is asked from here: delivery asks it about the patient before the first write
    tenants: (await withDemoClient(config)).map(
      ({ id, name, timeZone, language, sandbox, lateGraceHours, weekBegins, sources }) => ({
        ...{ id, name, timeZone, language, sandbox, sources },
        ...defined({ lateGraceHours, weekBegins }),
      }),
    ),
    responseSecret: await loadResponseSecret(database, systemClock),
  });
  return operatorOf(record, tenant);
}
