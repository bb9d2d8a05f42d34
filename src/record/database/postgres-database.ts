import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Database, plannedEachTime, type Queryable, type QueryResult } from './database.ts';
import { isPassing, isStandby, nameTrouble, stillInTheWay } from './database-trouble.ts';
import { afterLostCommit, transactionId } from './lost-commit.ts';
import { insideTransaction, refuseInsideTransaction } from './not-inside-transaction.ts';
import { readBigint, readTimestamp, toParameters, typeOids } from './parameters.ts';

const mostAttempts = 5;

/** A connection, and how long an answer may be waited for there; absent: for as long as it takes. */
interface Asked {
  readonly client: pg.PoolClient;
  readonly answerMs?: number | undefined;
}

/** Statements that have come again: a name makes the server plan them once a connection, not once a call. */
const named = new Map<string, string | undefined>();
const mostNamed = 300;

/** How long a request waits for a connection before it is told that the database is away. */
const connectMs = 10_000;
/** How long `close` waits for statements that are under way. */
const closeMs = 3_000;
/**
 * PostgreSQL ends by itself what takes too long. When nothing has come by a quarter of that time (and a second at least)
 * later, nobody is there to say so.
 */
const longestAnswerMs = (statementSeconds: number): number =>
  statementSeconds * 1000 + Math.max(1_000, statementSeconds * 250);
/** Where neither end hears the other any more, PostgreSQL gives up a transaction, and what it has locked, after so long. */
const idleInTransactionSeconds = 30;

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
    // an idle connection whose other end has gone without a word is found out before a request gets it
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // timestamptz must come back in UTC, whatever the server or the role prefers
    options: `-c timezone=UTC${statementSeconds === undefined ? '' : limits(statementSeconds)}`,
    types: { getTypeParser },
  });
  // an idle connection that breaks is replaced by the pool; unheard, its error would end the process
  pool.on('error', () => {});
  // one that breaks between two statements of a transaction is not heard by the pool; the next statement says it
  pool.on('connect', (client) => client.on('error', () => {}));
  const answerMs = statementSeconds === undefined ? undefined : longestAnswerMs(statementSeconds);
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<Row>> => {
    const client = await pool.connect().catch(nameTrouble);
    let failed: Error | undefined;
    try {
      return await ask<Row>({ client, answerMs }, sql, parameters);
    } catch (error) {
      failed = error instanceof Error ? error : new Error('unknown');
      throw error;
    } finally {
      client.release(failed);
    }
  };

  let closing: Promise<unknown> | undefined;
  return {
    kind: 'postgres',
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      refuseInsideTransaction();
      return query<Row>(sql, parameters);
    },
    async transaction<T>(work: (tx: Queryable) => Promise<T>, { patient = false } = {}): Promise<T> {
      refuseInsideTransaction();
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce({ pool, work, query, patient, answerMs: patient ? undefined : answerMs });
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

/** PostgreSQL's own limits, which hold also when it does not hear us any more. */
function limits(statementSeconds: number): string {
  return ` -c statement_timeout=${statementSeconds}s -c idle_in_transaction_session_timeout=${idleInTransactionSeconds}s`;
}

interface Run<T> {
  readonly pool: pg.Pool;
  readonly work: (tx: Queryable) => Promise<T>;
  /** Asks on another connection. */
  readonly query: Queryable['query'];
  readonly patient: boolean;
  readonly answerMs: number | undefined;
}

async function runOnce<T>({ pool, work, query, patient, answerMs }: Run<T>): Promise<T> {
  const client = await pool.connect();
  const asked = { client, answerMs };
  let broken = false;
  let committing: { readonly id: string | undefined; readonly result: T } | undefined;
  try {
    await say(asked, { text: 'begin' });
    if (patient) await say(asked, { text: 'set local statement_timeout = 0' });
    const result = await insideTransaction(() =>
      work({ query: <Row>(sql: string, parameters: readonly unknown[] = []) => ask<Row>(asked, sql, parameters) }),
    );
    const { rows } = await say(asked, { text: transactionId });
    committing = { id: rows[0]?.id ?? undefined, result };
    await say(asked, { text: 'commit' });
    return result;
  } catch (error) {
    broken = await say(asked, { text: 'rollback' }).then(
      () => isStandby(error),
      () => true,
    );
    // what was answered, by an error or by the rollback, is known to have come to nothing
    if (!broken || committing === undefined) throw error;
    await afterLostCommit(query, committing.id, error);
    return committing.result;
  } finally {
    // a connection that could not even roll back is not given to anyone else
    client.release(broken);
  }
}

/**
 * Sends one statement. Where no answer comes in time the connection is ended, and the statement fails as with any other
 * that breaks: the driver's own time-out would leave it to the next one who asks, and wait again.
 */
async function say({ client, answerMs }: Asked, statement: pg.QueryConfig): Promise<pg.QueryResult<pg.QueryResultRow>> {
  if (answerMs === undefined) return client.query(statement);
  const late = setTimeout(() => void client.end(), answerMs);
  return client.query(statement).finally(() => clearTimeout(late));
}

async function ask<Row>(asked: Asked, sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
  const name = nameOf(sql, parameters.length);
  const values = toParameters(parameters);
  const result = await say(asked, name === undefined ? { text: sql, values } : { name, text: sql, values })
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
