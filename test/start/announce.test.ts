import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { announceAsJson } from '../../src/start/announce.ts';
import { settingsAsGiven } from '../../src/start/settings-as-given.ts';
import { preparedFolder } from './prepared-folder.ts';
import {
  cleanEnvironment,
  type Ended,
  follow,
  freePorts,
  type Launched,
  launch,
  patience,
  readyUrl,
  root,
} from './run-process.ts';

describe('the settings before a printed command', () => {
  it.each([
    [{}, ''],
    [{ PORT: '4000', HOST: '127.0.0.1', DATA_DIR: './.data', PUBLIC_URL: 'http://127.0.0.1:4000/' }, ''],
    [{ PORT: '4100' }, 'PORT=4100 '],
    [{ DATA_DIR: '/srv/inter session' }, "DATA_DIR='/srv/inter session' "],
    [{ DATA_DIR: "it's here" }, `DATA_DIR='${resolve("it's here").replace("'", `'\\''`)}' `],
    [{ PORT: '8080', PUBLIC_URL: 'http://localhost:8080' }, 'PORT=8080 PUBLIC_URL=http://localhost:8080 '],
    [{ HOST: 'localhost', DATA_DIR: '/data' }, 'HOST=localhost DATA_DIR=/data '],
  ])('of %j are %j', (environment, words) => {
    expect(settingsAsGiven(readConfig(environment))).toBe(words);
  });
});

it.each([
  [{ sandboxUrl: 'http://127.0.0.1:4001', problems: [] }],
  [{ problems: ['the EHR of tenant "clinic" does not answer'] }],
])('for programs it says where it is, and what does not work, on one line: %j', (told) => {
  const lines: string[] = [];
  const running = { url: 'http://127.0.0.1:4000', idle: async () => {}, close: async () => {}, ...told };
  announceAsJson(running, { write: (text) => lines.push(text) });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(lines[0] ?? '')).toEqual({ url: 'http://127.0.0.1:4000', ...told });
});

describe('what the service prints when it is ready, on another port and with its data elsewhere', () => {
  let folder: string;
  let port: number;
  let started: Launched;
  beforeAll(async () => {
    const prepared = await preparedFolder();
    // a name that a shell takes for two words
    folder = join(mkdtempSync(join(tmpdir(), 'intersession-announce-')), 'the data');
    cpSync(prepared, folder, { recursive: true });
    rmSync(prepared, { recursive: true });
    port = await freePorts();
    started = launch('src/main.ts', [], { PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'silent' });
    await readyUrl(started);
  }, patience);
  afterAll(async () => {
    await started?.stop();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  /** As somebody does who copies it into a second terminal, in the same folder. */
  function inSecondTerminal(command: string): Promise<Ended> {
    return follow(
      spawn('sh', ['-c', command], {
        cwd: root,
        env: cleanEnvironment(),
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: patience,
        killSignal: 'SIGKILL',
      }),
    ).ended;
  }

  it('leads to what it says: every address answers, and the command plays the case there', {
    timeout: 2 * patience,
  }, async () => {
    const said = started.stdout();
    const command = /In a second terminal: +(.*)/.exec(said)?.[1] ?? '';
    expect(command).toContain(`PORT=${port} DATA_DIR='${folder}' npx --no-install intersession demo`);
    const { code, stdout, stderr } = await inSecondTerminal(command);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Read back from the EHR of tenant "sandbox"');
    const addresses = [...said.matchAll(/https?:\/\/[^\s)]+/g)].map(([address]) => address);
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of new Set(addresses)) {
      expect(new URL(address).hostname).toBe('127.0.0.1');
      expect([port, port + 1]).toContain(Number(new URL(address).port));
      const { status } = await fetch(address);
      expect([address, status]).toEqual([address, 200]);
    }
    expect(said).toContain(join(folder, 'sandbox'));
  });

  it('takes the other commands there as well, by the same settings', { timeout: patience }, async () => {
    const settings = /In a second terminal: +(.*)npx /.exec(started.stdout())?.[1] ?? '';
    for (const words of ['doctor --json', 'ledger list --json', 'export --out /dev/null; true']) {
      const { code, stderr } = await inSecondTerminal(`${settings}node src/cli.ts ${words}`);
      expect([words, code, words.startsWith('export') ? '' : stderr]).toEqual([words, 0, '']);
    }
  });
});
