import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');

/** The rows of all tables under a heading, each as its cells. */
function rows(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
const named = (heading: string): string[] => rows(heading).map(([name]) => (name ?? '').replaceAll('`', ''));

describe('docs/dependencies.md', () => {
  it.each([
    ['In production', packageJson.dependencies],
    ['In development only', packageJson.devDependencies],
  ])('lists %s what package.json does, each once', (heading, dependencies) => {
    expect(named(heading).toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });

  it.each(['In production', 'In development only'])('says of each %s why, its size in MB and its upkeep', (heading) => {
    for (const [name, why = '', size, upkeep] of rows(heading)) {
      expect(why, name).not.toBe('');
      expect(size, name).toMatch(/^(< )?\d+$/);
      if (upkeep !== undefined) expect(upkeep, name).not.toMatch(/^\??$/);
    }
  });
});

describe('package.json', () => {
  it('pins every version exactly', () => {
    const all = { ...packageJson.dependencies, ...packageJson.devDependencies };
    for (const [name, version] of Object.entries(all))
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d/)]);
  });

  it('calls nothing a dependency that only the sandbox EHR imports, and everything one that the service does', () => {
    const sources = readdirSync(join(root, 'src'), { withFileTypes: true, recursive: true }).filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts'),
    );
    const needed = new Set<string>();
    for (const { parentPath, name } of sources) {
      if (parentPath.startsWith(join(root, 'src/sandbox')) || parentPath.startsWith(join(root, 'src/fixtures')))
        continue;
      const text = readFileSync(join(parentPath, name), 'utf8');
      for (const [, from = ''] of text.matchAll(/(?:^|\n)(?:import|export)\s(?!type\b)[^'"]*?from\s*'([^'.][^']*)'/g))
        if (!from.startsWith('node:')) needed.add(from.split('/', from.startsWith('@') ? 2 : 1).join('/'));
    }
    const dependencies = Object.keys(packageJson.dependencies);
    expect([...needed].filter((name) => !dependencies.includes(name))).toEqual([]);
    // fonts are read as files, not imported
    const fonts = /fonts/;
    expect(dependencies.filter((name) => !needed.has(name) && !fonts.test(name))).toEqual([]);
  });
});
