import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registeredKinds } from '../../src/kinds/registry.ts';
import released from '../../src/kinds/released.json' with { type: 'json' };

const folder = join(import.meta.dirname, '..', '..', 'src', 'kinds');
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => /^[^/]+\/questionnaires\/[^/]+$/.test(name))
  .sort();
const hashes: Readonly<Record<string, string>> = released;

const read = (name: string): { readonly id: string; readonly version: string } =>
  JSON.parse(readFileSync(join(folder, name), 'utf8'));
const hashOf = (name: string) =>
  createHash('sha256')
    .update(JSON.stringify(read(name)))
    .digest('hex');

describe('a released version of a questionnaire', () => {
  it.each(Object.keys(hashes))('%s is still there, and says what it said when it was released', (name) => {
    expect(files).toContain(name);
    expect(hashOf(name), `${name} was edited: make a new version instead`).toBe(hashes[name]);
  });

  it('has its hash in the list, as have all others', () => {
    expect(
      files.filter((name) => hashes[name] === undefined),
      'run: npm run kinds:release',
    ).toEqual([]);
  });

  it('is named as the version that it is, and registered by its kind', () => {
    const registered = registeredKinds.versions.map(
      ({ kind, questionnaire }) => `${kind.slug}/questionnaires/${questionnaire.version}.json`,
    );
    expect(files).toEqual(registered.sort());
    for (const name of files) expect(name).toMatch(new RegExp(`/${read(name).version.replaceAll('.', '\\.')}\\.json$`));
  });

  it('has in its file the id under which our endpoint answers it', () => {
    for (const { kind, questionnaire } of registeredKinds.versions) {
      expect(read(`${kind.slug}/questionnaires/${questionnaire.version}.json`).id).toBe(questionnaire.id);
    }
  });
});
