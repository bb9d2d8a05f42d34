import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePortPair } from './house.ts';

/** A PostgreSQL of the test's own, that it may restart, kill and take away. */
export interface PrivatePostgres {
  readonly url: string;
  /** Kills all its processes as a power cut would, and starts it anew. */
  restart(): void;
  stop(): void;
  start(): void;
  remove(): void;
}

const places = '/usr/lib/postgresql';

/** The folder of PostgreSQL's own programs, newest first; undefined where it is not installed. */
function programs(): string | undefined {
  if (!existsSync(places)) return undefined;
  const [newest] = readdirSync(places).sort((text, other) => Number(other) - Number(text));
  return newest === undefined ? undefined : join(places, newest, 'bin');
}

/** @throws Error where PostgreSQL's programs are not installed */
export async function openPrivatePostgres(): Promise<PrivatePostgres> {
  const bin = programs();
  if (bin === undefined) throw new Error('this test needs the programs of a PostgreSQL server (Debian: postgresql)');
  const root = userInfo().uid === 0;
  const folder = mkdtempSync('/tmp/intersession-postgres-');
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (root) {
    // the server refuses to run as root
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    for (const place of [folder, data]) chownSync(place, id('-u'), id('-g'));
    chmodSync(folder, 0o700);
  }
  const run = (program: string, args: readonly string[]): void => {
    const words = [join(bin, program), ...args];
    const [command = '', ...rest] = root ? ['runuser', '-u', 'postgres', '--', ...words] : words;
    execFileSync(command, rest, { cwd: '/', stdio: 'ignore' });
  };
  const port = await freePortPair();
  const user = root ? 'postgres' : userInfo().username;
  run('initdb', ['-A', 'trust', '-U', user, '-D', data]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  const server: PrivatePostgres = {
    url: `postgres://${user}@127.0.0.1:${port}/postgres`,
    start: () => run('pg_ctl', ['-w', '-D', data, '-l', join(folder, 'log'), '-o', options, 'start']),
    stop: () => run('pg_ctl', ['-w', '-D', data, '-m', 'immediate', 'stop']),
    restart() {
      server.stop();
      server.start();
    },
    remove() {
      try {
        server.stop();
      } catch {
        // it is stopped already
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  server.start();
  return server;
}
