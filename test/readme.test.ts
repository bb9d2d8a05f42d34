import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { commands } from '../src/cli/commands.ts';
import { readConfig, variables } from '../src/config/read-config.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

/** The rows of the table under a heading, each as its cells; backticks and escapes taken off. */
function table(heading: string): string[][] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '').replaceAll('\\|', '|')),
  );
}

it('lists exactly the variables that the service reads, with their defaults', () => {
  const rows = table('Configuration');
  expect(rows.map(([variable]) => variable)).toEqual(variables);
  const stated = Object.fromEntries(rows.map(([variable, value]) => [variable, value]));
  const config = readConfig({});
  expect(stated).toEqual({
    PORT: String(config.port),
    HOST: config.host,
    DATABASE_URL: '–',
    DATA_DIR: './.data',
    PUBLIC_URL: 'http://HOST:PORT',
    TENANTS_FILE: '–',
    METRICS_TOKEN: '–',
    LOG_LEVEL: config.logLevel,
  });
  expect(resolve(stated.DATA_DIR ?? '')).toBe(config.dataDir);
  expect(config.publicUrl).toBe(`http://${config.host}:${config.port}`);
  for (const [, , meaning] of rows) expect(meaning).not.toBe('');
});

it('lists exactly the commands that there are, with words that their help knows', () => {
  const rows = table('Commands');
  expect(rows.map(([usage]) => usage?.split(' ')[0])).toEqual(commands.map(({ name }) => name));
  for (const [index, [usage = '']] of rows.entries()) {
    const words = usage.split(/[\s|[\]…]+/).filter((word) => /^(--)?[a-z-]+$/.test(word));
    for (const word of words) expect(commands[index]?.help).toContain(word);
  }
});

it('names only npm scripts that there are', () => {
  const named = [...readme.matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test)\b)/g)].map(
    ([, afterRun, short]) => afterRun ?? short,
  );
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((script) => script === undefined || !(script in packageJson.scripts))).toEqual([]);
});

it('shows a tenants file that the service takes', () => {
  const example = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'intersession-readme-'));
  const file = join(folder, 'tenants.json');
  writeFileSync(file, example);
  const { tenants } = readConfig({ TENANTS_FILE: file });
  rmSync(folder, { recursive: true });
  expect(tenants.map(({ id }) => id)).toEqual(['st-elsewhere']);
  expect(readme).toContain('doctor --tenant st-elsewhere');
});

const pages = ['.', 'docs', 'docs/adr', 'test/peers'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

it.each(pages)('%s links only to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const local = links
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.split('#')[0] ?? '');
  expect(local.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
});

it.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'])('%s names only files that are there', (page) => {
  const named = [...read(page).matchAll(/`((?:src|docs|profiles|test|smart-app|bin|scripts)\/[^`*<>{}\s…]+)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('has a changelog with what is not released yet', () => {
  expect(read('CHANGELOG.md')).toMatch(/^## \[Unreleased\]\n\n### \w+\n- /m);
});
