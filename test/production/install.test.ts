import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { rawAnswer } from '../http/raw-answer.ts';
import { type Ended, follow, freePorts, type Launched, patience, readyUrl, root } from '../start/run-process.ts';

/** What is brought to a machine that runs the service, with the app built elsewhere. */
const brought = ['package.json', 'package-lock.json', 'stub', 'bin', 'src', 'profiles', 'dist'];
let scratch: string;
let house: string;
let tenantsFile: string;

/** Runs a program as an operator would, with nothing of this checkout in the path. */
function launchIn(folder: string, program: readonly string[], environment: Record<string, string> = {}): Launched {
  const { PATH = '' } = process.env;
  // npm puts this checkout's own commands in front
  const path = PATH.split(':').filter((entry) => !entry.startsWith(root));
  const [file = '', ...words] = program;
  // npm's own settings and certificates are the machine's; ours come from the test alone
  const own = ['TENANTS_FILE', 'DATABASE_URL', 'PUBLIC_URL', 'HOST', 'METRICS_TOKEN', 'NODE_OPTIONS', 'NODE_PATH'];
  const machine = Object.entries(process.env).filter(([name]) => !own.includes(name) && !name.startsWith('npm_'));
  const env = { ...Object.fromEntries(machine), PATH: path.join(':'), ...environment };
  return follow(
    spawn(file, words, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 500_000,
      killSignal: 'SIGKILL',
    }),
  );
}
const runIn = (...call: Parameters<typeof launchIn>): Promise<Ended> => launchIn(...call).ended;
const newFolder = (): string => mkdtempSync(join(scratch, 'data-'));
const packages = (folder: string): string[] =>
  readdirSync(join(folder, 'node_modules')).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, 'node_modules', name)).map((part) => `${name}/${part}`) : [name],
  );

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'intersession-production-'));
  house = join(scratch, 'house');
  mkdirSync(house);
  for (const name of brought) cpSync(join(root, name), join(house, name), { recursive: true });
  const installed = await runIn(house, ['npm', 'ci', '--omit=dev', '--no-audit', '--no-fund']);
  if (installed.code !== 0) throw new Error(installed.stderr);
  tenantsFile = join(scratch, 'tenants.json');
  // an EHR that is not there: the service runs all the same
  const clinic = { id: 'clinic', name: 'Clinic', fhirBase: `http://127.0.0.1:${await freePorts()}/fhir`, auth: 'none' };
  writeFileSync(tenantsFile, JSON.stringify([clinic]));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The service by a Node of the operator's choice. */
const service = (node: string, environment: Record<string, string>): Launched =>
  launchIn(house, [node, 'bin/service.mjs'], { PORT: '0', DATA_DIR: newFolder(), LOG_LEVEL: 'silent', ...environment });

async function serves(node: string): Promise<void> {
  const started = service(node, { TENANTS_FILE: tenantsFile });
  try {
    const url = await readyUrl(started);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/openapi.json`)).status).toBe(200);
    const page = await fetch(`${url}/app`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
    // as small as the build made it
    for (const [accepts, encoding] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const sent = await rawAnswer(`${url}${script ?? '/no-script'}`, { 'Accept-Encoding': accepts });
      expect([sent.status, sent.headers['content-encoding']]).toEqual([200, encoding]);
      expect(sent.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    expect(await started.stop()).toMatchObject({ code: 0 });
  } finally {
    await started.stop();
  }
}

describe('a production install', () => {
  it('has exactly the dependencies, and none that only the sandbox EHR, the tests or the build need', () => {
    const there = packages(house);
    const wanted = Object.keys(packageJson.dependencies);
    const needless = Object.keys(packageJson.devDependencies);
    expect(wanted.filter((name) => !there.includes(name))).toEqual([]);
    expect(needless.filter((name) => there.includes(name))).toEqual([]);
    for (const scope of ['@medplum', '@stryker-mutator', 'oidc-provider', 'vite', 'react', 'node'])
      expect(existsSync(join(house, 'node_modules', scope)), scope).toBe(false);
  });

  it('serves: health, the description of its API, the app', { timeout: 2 * patience }, () => serves(process.execPath));

  it('serves on the oldest Node that package.json names', { timeout: 4 * patience }, async () => {
    const oldest = packageJson.engines.node.replace('>=', '');
    const folder = newFolder();
    const { code, stderr } = await runIn(folder, ['npm', 'install', '--prefix', folder, `node@${oldest}`]);
    expect(code, stderr).toBe(0);
    const node = join(folder, 'node_modules/node/bin/node');
    expect((await runIn(folder, [node, '--version'])).stdout.trim()).toBe(`v${oldest}`);
    await serves(node);
    const help = await runIn(house, [node, 'bin/intersession.mjs', '--help']);
    expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('usage: intersession COMMAND')]);
  });

  it('says by name what is missing', { timeout: 2 * patience }, async () => {
    expect(await service(process.execPath, {}).ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Configuration: TENANTS_FILE: names the EHRs'),
    });
    rmSync(join(house, 'dist'), { recursive: true });
    expect(await service(process.execPath, { TENANTS_FILE: tenantsFile }).ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('dist/app: the app is not built'),
    });
  });

  it('is started by "npm run start:service"', () => {
    const { scripts } = JSON.parse(readFileSync(join(house, 'package.json'), 'utf8'));
    expect(scripts['start:service']).toBe('node bin/service.mjs');
  });
});
