import { format } from 'node:util';
import { runCli } from '../../src/cli/run-cli.ts';
import { cleanEnvironment, type Ended } from './run-process.ts';

/**
 * Runs a command line in this process, with the environment that a process of its own would be given: what it says and its
 * exit code are the same, and a second of starting up is saved. One at a time, because the console and the environment are
 * the process's; for commands that end by themselves.
 */
export async function runHere(words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  if (busy) throw new Error(`"${words.join(' ')}" was to run beside another command in this process`);
  busy = true;
  const said = { stdout: '', stderr: '' };
  const { log, error } = console;
  const { env } = process;
  console.log = (...parts) => {
    said.stdout += `${format(...parts)}\n`;
  };
  console.error = (...parts) => {
    said.stderr += `${format(...parts)}\n`;
  };
  process.env = cleanEnvironment(environment);
  try {
    return { code: await runCli(words), ...said };
  } finally {
    process.env = env;
    Object.assign(console, { log, error });
    busy = false;
  }
}
let busy = false;
