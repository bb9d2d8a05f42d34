import { PGlite, type Results, type Transaction } from '@electric-sql/pglite';
import { defined } from '../../foundation/defined.ts';
import type { Database, Queryable, QueryResult } from './database.ts';
import { nameTrouble } from './database-trouble.ts';
import { insideTransaction, refuseInsideTransaction } from './not-inside-transaction.ts';
import { readBigint, readTimestamp, toParameters, typeOids } from './parameters.ts';

const parsers = { [typeOids.timestamptz]: readTimestamp, [typeOids.int8]: readBigint };

/** An embedded database, and what only it can do. */
export interface EmbeddedDatabase extends Database {
  /** All of it as one file, to start another from. */
  dump(): Promise<Blob>;
}

/**
 * Opens PGlite in a folder, or in memory. It has one connection: statements and transactions queue, first come, first
 * served, by PGlite's own mutex.
 *
 * [!WARNING] Two processes on one folder lose rows silently: take the folder's lock first.
 */
export async function openEmbedded(options: { folder: string | undefined; dump?: Blob }): Promise<EmbeddedDatabase> {
  const pglite = await PGlite.create({
    ...defined({ dataDir: options.folder, loadDataDir: options.dump }),
    parsers,
  });
  await pglite.exec(`set time zone 'UTC'`);

  return {
    kind: 'embedded',
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      refuseInsideTransaction();
      return ask<Row>(pglite, sql, parameters);
    },
    async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
      refuseInsideTransaction();
      // an error poisons the connection until the rollback, which `transaction` does
      return pglite
        .transaction((tx) =>
          insideTransaction(() =>
            work({ query: <Row>(sql: string, parameters: readonly unknown[] = []) => ask<Row>(tx, sql, parameters) }),
          ),
        )
        .catch(nameTrouble);
    },
    async close() {
      if (!pglite.closed) await pglite.close();
    },
    dump: async () => pglite.dumpDataDir('none'),
  };
}

async function ask<Row>(
  asked: PGlite | Transaction,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult<Row>> {
  const result: Results<Row> = await asked.query<Row>(sql, toParameters(parameters)).catch(nameTrouble);
  return { rows: result.rows, rowCount: result.affectedRows || result.rows.length };
}
