import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { openDatabase } from '../../src/record/database/open-database.ts';

/**
 * What befalls a connection at a statement:
 * `reset`, `half-close`: before the statement arrives; `terminate`: an administrator ends it before the statement
 * arrives; `answer-lost`: it is done, and its answer does not come back before the connection is reset.
 */
export const loudFaults = ['reset', 'half-close', 'terminate', 'answer-lost'] as const;
/** Neither end is told. `silence`: the statement never arrives; `answer-silent`: it is done, and nothing comes back. */
export const silentFaults = ['silence', 'answer-silent'] as const;
export type WireFault = (typeof loudFaults | typeof silentFaults)[number];

/** A TCP proxy before PostgreSQL that understands what is asked, and breaks where it is told. */
export interface FaultyWire {
  /** The database through the wire. */
  readonly url: string;
  /** Breaks the connection at the n-th statement from now that matches. Resolves when it has happened. */
  breakAt(fault: WireFault, statement: RegExp, nth?: number): Promise<void>;
  /** Statements that came by since the last call. */
  statements(): string[];
  /** Resets every connection, and each new one, until `mend`: PostgreSQL is gone. */
  cut(): void;
  mend(): void;
  /** Ends every connection as an administrator does; more can be made. */
  terminate(): Promise<void>;
  close(): Promise<void>;
}

interface Armed {
  readonly fault: WireFault;
  readonly statement: RegExp;
  left: number;
  happened(): void;
}

/** @param databaseUrl of a PostgreSQL without TLS */
export async function openFaultyWire(databaseUrl: string): Promise<FaultyWire> {
  const behind = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed: Armed | undefined;
  const seen: string[] = [];
  let cut = false;
  const administrator = await openDatabase({ databaseUrl });
  const terminate = async (ports: readonly number[]): Promise<void> => {
    const which = 'select pg_terminate_backend(pid, 5000) from pg_stat_activity where client_port = any($1)';
    await administrator.query(which, [ports]);
  };
  const backends = new Set<Socket>();

  const server = createServer((near) => {
    sockets.add(near);
    near.on('close', () => sockets.delete(near)).on('error', () => {});
    if (cut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(behind.port || 5432), behind.hostname);
    backends.add(far);
    near.setNoDelay(true);
    far.setNoDelay(true);
    let deafened = false;
    // into a black hole not even the end of a connection arrives
    let silent = false;
    let lossy: (() => void) | undefined;
    const statementsOf = statementReader();
    far.on('error', () => near.resetAndDestroy());
    far.on('close', () => {
      backends.delete(far);
      if (!deafened) near.end();
    });
    near.on('close', () => {
      if (!silent) far.destroy();
    });
    near.on('end', () => {
      if (!silent) far.end();
    });
    far.on('data', (chunk) => {
      if (lossy !== undefined) lossy();
      else if (!deafened) near.write(chunk);
    });
    near.on('data', (chunk) => {
      if (deafened) return;
      for (const statement of statementsOf(chunk)) {
        seen.push(statement);
        if (armed === undefined || !armed.statement.test(statement)) continue;
        armed.left -= 1;
        if (armed.left > 0) continue;
        const { fault, happened } = armed;
        armed = undefined;
        if (fault === 'reset') {
          far.destroy();
          near.resetAndDestroy();
          happened();
          return;
        }
        if (fault === 'half-close') {
          deafened = true;
          near.end();
          far.destroy();
          happened();
          return;
        }
        if (fault === 'silence') {
          deafened = true;
          silent = true;
          happened();
          return;
        }
        if (fault === 'terminate') {
          void terminate([far.localPort ?? 0]).then(() => {
            far.write(chunk);
            happened();
          });
          return;
        }
        // the server has it when it begins to answer
        lossy = () => {
          deafened = true;
          if (fault === 'answer-lost') near.resetAndDestroy();
          else silent = true;
          happened();
          lossy = () => {};
        };
      }
      far.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);

  return {
    url: url.href,
    breakAt: (fault, statement, nth = 1) =>
      new Promise((happened) => {
        armed = { fault, statement, left: nth, happened };
      }),
    statements: () => seen.splice(0),
    cut() {
      cut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    mend() {
      cut = false;
    },
    terminate: () => terminate([...backends].map(({ localPort }) => localPort ?? 0)),
    async close() {
      for (const socket of [...sockets, ...backends]) socket.destroy();
      server.close();
      await once(server, 'close');
      await administrator.close();
    },
  };
}

/** The SQL of what a client sends, in order; a statement prepared before is found by its name. */
function statementReader(): (chunk: Buffer) => string[] {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  const prepared = new Map<string, string>();
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const found: string[] = [];
    for (;;) {
      // the first message has no letter
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return found;
      const length = rest.readInt32BE(head) + head;
      if (rest.length < length) return found;
      const letter = started ? String.fromCharCode(rest[0] ?? 0) : '';
      const body = rest.subarray(head + 4, length).toString('utf8');
      rest = rest.subarray(length);
      started = true;
      const [first = '', second = ''] = body.split('\0', 2);
      if (letter === 'Q') found.push(first);
      if (letter === 'P') prepared.set(first, second);
      // bind: portal, then the name of the statement
      if (letter === 'B') found.push(prepared.get(second) ?? '');
    }
  };
}
