import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkAnswers } from '../../../src/fhir/answers/check-answers.ts';
import { ourProfiles } from '../../../src/fhir/profiles.ts';
import { buildFixtures } from '../../../src/fixtures/build-fixtures.ts';
import { runFixtures } from '../../../src/fixtures/fixtures-command.ts';
import checkedIn from '../../../src/fixtures/matrix.json' with { type: 'json' };
import { sampleAnswers } from '../../../src/fixtures/sample-answers.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';

const { files, matrix } = buildFixtures();

describe('fixtures', () => {
  test('fill the checked-in matrix, one file for each cell or a reason', () => {
    expect(matrix).toEqual(checkedIn);
    expect(files.map(({ name }) => name).sort()).toEqual(
      matrix.flatMap((cell) => ('file' in cell ? [cell.file] : [])).sort(),
    );
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
    for (const cell of matrix) if (!('file' in cell)) expect(cell.reason).toMatch(/\w+.*\.$/);
  });

  test('claim every profile of ours, and nothing else', () => {
    const claimed = new Set(files.flatMap(({ resource }) => resource.meta?.profile ?? ['none']));
    expect([...claimed].sort()).toEqual(Object.values(ourProfiles).sort());
  });

  test('hold answers that fit their questionnaire', () => {
    for (const { questionnaire } of registeredKinds.versions) {
      expect(checkAnswers(questionnaire, sampleAnswers(questionnaire), { complete: true })).toEqual([]);
    }
  });
});

describe('the fixtures command', () => {
  const out = mkdtempSync(join(tmpdir(), 'fixtures-'));
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(out, { recursive: true, force: true });
  });

  test('writes each file and the matrix', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    expect(await runFixtures(['--out', out, '--json'])).toBe(0);
    expect(readdirSync(out).sort()).toEqual([...files.map(({ name }) => name), 'matrix.json'].sort());
    expect(JSON.parse(readFileSync(join(out, 'matrix.json'), 'utf8'))).toEqual(matrix);
    expect(JSON.parse(String(log.mock.calls[0]?.[0]))).toEqual({
      out,
      files: files.length,
      empty: matrix.length - files.length,
    });
  });

  test('says what is wrong with its options', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    expect(await runFixtures([])).toBe(2);
    expect(await runFixtures(['--outt', out])).toBe(2);
    expect(String(error.mock.calls[0]?.[0])).toContain('--out DIR is needed');
  });
});
