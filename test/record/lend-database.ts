import type { Database, Queryable } from '../../src/record/database/database.ts';
import { nameTrouble } from '../../src/record/database/database-trouble.ts';
import type { EmbeddedDatabase } from '../../src/record/database/embedded-database.ts';

/** Databases with our tables that nobody in this process uses. */
const free: EmbeddedDatabase[] = [];
const mostKept = 2;

/** What leaves tables, indexes and functions as they are; settings of the session are put back by `clear`. */
const onlyRows = /^\s*(\/\*.*\*\/\s*)?(select|insert|update|delete|with|set|truncate)\b/i;

/**
 * A database of its own for one test file, with all tables and no rows. Starting one takes most of a second, emptying one
 * that another test file of this process is done with a tenth of that. `close` hands it back; one whose tables were changed,
 * or in which something is still under way, is ended.
 * @param start starts another one, with our tables
 */
export async function lendDatabase(start: () => Promise<EmbeddedDatabase>): Promise<Database> {
  const embedded = await cleared(free.pop(), start);
  let reusable = true;
  let open = true;
  let underWay = 0;
  const watched = (asked: Queryable): Queryable => ({
    query(sql, parameters) {
      reusable &&= onlyRows.test(sql);
      return asked.query(sql, parameters);
    },
  });
  const whileOpen = async <T>(ask: () => Promise<T>): Promise<T> => {
    // what PGlite itself says of one that is closed
    if (!open) nameTrouble(new Error('PGlite is closed'));
    underWay += 1;
    try {
      return await ask();
    } finally {
      underWay -= 1;
    }
  };
  const outside = watched(embedded);
  return {
    kind: embedded.kind,
    query: (sql, parameters) => whileOpen(() => outside.query(sql, parameters)),
    transaction: (work, options) => whileOpen(() => embedded.transaction((tx) => work(watched(tx)), options)),
    async close() {
      if (!open) return;
      open = false;
      if (reusable && underWay === 0 && free.length < mostKept) free.push(embedded);
      else await embedded.close();
    },
  };
}

async function cleared(
  used: EmbeddedDatabase | undefined,
  start: () => Promise<EmbeddedDatabase>,
): Promise<EmbeddedDatabase> {
  if (used === undefined) return start();
  await clear(used);
  return used;
}

/** Takes all rows but those of the migrations, the sequences' numbers, the session's settings and the write-ahead log. */
async function clear(database: Database): Promise<void> {
  await database.query('discard all');
  await database.query(`set time zone 'UTC'`);
  const { rows } = await database.query<{ tables: string }>(
    `select string_agg(format('%I', tablename), ', ') as tables from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
  );
  await database.query(`truncate ${rows[0]?.tables} restart identity`);
  await database.query(
    `select setval(format('%I', sequencename), start_value, false) from pg_sequences where schemaname = 'public'`,
  );
  // nothing else does: without it the log grows with each test file
  await database.query('checkpoint');
}
