import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Database, plannedEachTime, type Queryable, type QueryResult } from './database.ts';
import { isPassing, nameTrouble, stillInTheWay } from './database-trouble.ts';
import { insideTransaction, refuseInsideTransaction } from './not-inside-transaction.ts';
import { readBigint, readTimestamp, toParameters, typeOids } from './parameters.ts';

const mostAttempts = 5;

interface Asked {
  query(query: pg.QueryConfig): Promise<pg.QueryResult<pg.QueryResultRow>>;
}

/** Statements that have come again: a name makes the server plan them once a connection, not once a call. */
const named = new Map<string, string | undefined>();
const mostNamed = 300;

/** How long a request waits for a connection before it is told that the database is away. */
const connectMs = 10_000;
/** How long `close` waits for statements that are under way. */
const closeMs = 3_000;

/**
 * Opens a PostgreSQL database by its URL; connections are made when needed.
 * @param statementSeconds after which PostgreSQL ends a statement; absent: never. It ends it also when nobody waits for it
 * any more.
 */
export function openPostgres(databaseUrl: string, statementSeconds?: number): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 12,
    connectionTimeoutMillis: connectMs,
    // timestamptz must come back in UTC, whatever the server or the role prefers
    options: `-c timezone=UTC${statementSeconds === undefined ? '' : ` -c statement_timeout=${statementSeconds}s`}`,
    types: { getTypeParser },
  });
  // an idle connection that breaks is replaced by the pool; unheard, its error would end the process
  pool.on('error', () => {});
  // one that breaks between two statements of a transaction is not heard by the pool; the next statement says it
  pool.on('connect', (client) => client.on('error', () => {}));

  let closing: Promise<unknown> | undefined;
  return {
    kind: 'postgres',
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      refuseInsideTransaction();
      return ask<Row>(pool, sql, parameters);
    },
    async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
      refuseInsideTransaction();
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(pool, work);
        } catch (error) {
          if (!isPassing(error)) nameTrouble(error);
          if (attempt === mostAttempts) throw stillInTheWay(error);
          // the other side needs a moment to finish; apart enough that the two don't meet again
          await wait(attempt * (5 + Math.random() * 20));
        }
      }
    },
    async close() {
      // what still runs is not waited for: it would keep the process alive for as long as it likes
      closing ??= Promise.race([pool.end(), wait(closeMs, undefined, { ref: false })]);
      await closing;
    },
  };
}

async function runOnce<T>(pool: pg.Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await insideTransaction(() =>
      work({ query: <Row>(sql: string, parameters: readonly unknown[] = []) => ask<Row>(client, sql, parameters) }),
    );
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    // a connection that could not even roll back is not given to anyone else
    client.release(broken);
  }
}

async function ask<Row>(asked: Asked, sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
  const name = nameOf(sql, parameters.length);
  const values = toParameters(parameters);
  const result = await asked
    .query(name === undefined ? { text: sql, values } : { name, text: sql, values })
    // a transaction runs again after some failures, and must see them as they are
    .catch((error: unknown) => (isPassing(error) ? Promise.reject(error) : nameTrouble(error)));
  return { rows: result.rows as Row[], rowCount: result.rowCount ?? result.rows.length };
}

/** A name from the second time on; statements put together on the fly that never come again get none. */
function nameOf(sql: string, parameters: number): string | undefined {
  if (parameters === 0 || sql.startsWith(plannedEachTime)) return undefined;
  const known = named.get(sql);
  if (known !== undefined) return known;
  if (named.has(sql)) {
    const name = createHash('sha256').update(sql).digest('hex').slice(0, 40);
    named.set(sql, name);
    return name;
  }
  if (named.size < mostNamed) named.set(sql, undefined);
  return undefined;
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === typeOids.timestamptz) return readTimestamp;
  if (oid === typeOids.int8) return readBigint;
  return pg.types.getTypeParser(oid, format as 'text');
}
