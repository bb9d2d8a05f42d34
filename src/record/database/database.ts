/**
 * Begins a statement whose best way hangs on its values: it is planned for each call anew, at the cost of a fraction of a
 * millisecond, and not once for all of them.
 */
export const plannedEachTime = '/* planned each time */ ';

/** What may be asked SQL: the database itself, or one transaction of it. */
export interface Queryable {
  /**
   * Runs one statement. The same in and out on both stores: `timestamptz` is an ISO instant string, `bigint` a number,
   * `jsonb` the JS value. A plain object or a Date may be a parameter; a JSON *array* is passed as `JSON.stringify(…)`
   * to `$n::jsonb`, because a JS array means an SQL array.
   */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>>;
}

export interface QueryResult<Row> {
  readonly rows: Row[];
  /** Rows returned by a query, or affected by a change. */
  readonly rowCount: number;
}

/** PostgreSQL by its URL, or the embedded PGlite: one SQL path. */
export interface Database extends Queryable {
  readonly kind: 'postgres' | 'embedded';
  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back when it throws. After a serialization failure or
   * a deadlock it is run again, a few times; so `work` must do nothing but SQL and arithmetic. Where the answer to its
   * commit is lost, PostgreSQL is asked what became of it.
   * @param options.patient its statements may take as long as they take
   * @throws `database-unreachable`; its message says so when it may have been committed nevertheless
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, options?: { readonly patient?: boolean }): Promise<T>;
  /** Ends all connections and frees the folder. */
  close(): Promise<void>;
}
