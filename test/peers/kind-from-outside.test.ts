import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileName } from '../../src/fixtures/fixture.ts';
import { logFixturesOf } from '../../src/fixtures/log-fixtures.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { measuredCheck } from '../kinds/kind-from-outside.ts';
import { ourDefinitions } from './our-definitions.ts';
import { failures, validate } from './validator.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kind-from-outside-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('logs and measures of a questionnaire from outside are what our profiles say', async () => {
  const fixtures = logFixturesOf(measuredCheck);
  expect(fixtures.filter(({ resource }) => resource === 'measure').length).toBeGreaterThan(5);
  for (const fixture of fixtures) writeFileSync(join(folder, fileName(fixture)), JSON.stringify(fixture.content));
  const questionnaire = join(folder, 'questionnaire.json');
  writeFileSync(
    questionnaire,
    JSON.stringify({ ...currentVersion(measuredCheck).questionnaire, id: measuredCheck.slug }),
  );
  const reports = await validate({ definitions: [...ourDefinitions, questionnaire], examples: [folder] });
  expect(reports.length).toBe(fixtures.length + 1);
  expect(failures(reports)).toEqual([]);
});
