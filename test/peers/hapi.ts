import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'hapi/start.sh');

/** `port`: 0 (the default) takes a free one; `validate`: the server refuses writes that are invalid against R4 core. */
export interface HapiOptions {
  port?: number;
  validate?: boolean;
}

/** A running server: its FHIR base without trailing slash, and the way to end it. */
export interface Hapi {
  base: string;
  close: () => Promise<void>;
}

/**
 * Starts a real HAPI FHIR R4 server with an empty database in memory, and waits until it answers (about 25 s; the first
 * time it also resolves its dependencies). It ends with `close()`, and with this process however that ends.
 * @throws Error when the server ends before it is ready, with the last lines it wrote
 */
export async function startHapi({ port = 0, validate = false }: HapiOptions = {}): Promise<Hapi> {
  const child = spawn(script, ['--foreground'], {
    // stdin stays open as long as this process lives: the server ends when it closes, even after a kill -9 here.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, HAPI_PORT: `${port}`, HAPI_VALIDATE: `${validate}`, HAPI_EXIT_WITH_STDIN: 'true' },
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const closed = once(child, 'close').finally(() => process.removeListener('exit', kill));

  let output = '';
  const base = await new Promise<string>((ready, fail) => {
    const read = (text: string) => {
      output = (output + text).slice(-20_000);
      const announced = /^HAPI READY (\S+)\n/m.exec(output)?.[1];
      if (announced) ready(announced);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    closed.then(() => fail(new Error(`HAPI ended before it was ready:\n${output.slice(-4000)}`)), fail);
  });

  const close = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  const metadata = await fetch(`${base}/metadata`, { signal: AbortSignal.timeout(120_000) });
  await metadata.arrayBuffer();
  if (!metadata.ok) {
    await close();
    throw new Error(`HAPI answered ${metadata.status} to /metadata`);
  }
  return { base, close };
}
