import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import acceptedList from './accepted.json' with { type: 'json' };
import { areas } from './areas.ts';
import { judge, type Outcome, percent } from './judge.ts';
import { sampledPlaces } from './sampled-places.ts';

const root = resolve(import.meta.dirname, '../..');
const outcome = (status: string, becomes = 'true', line = 3): Outcome => ({
  ...{ file: 'src/a.ts', line, mutator: 'ConditionalExpression', was: 'a > b', becomes, status },
});
const entry = {
  file: 'src/a.ts',
  mutator: 'ConditionalExpression',
  was: 'a > b',
  becomes: 'true',
  reason: 'equivalent',
};

it('counts what was killed, or never ended, of what was run', () => {
  const statuses = ['Killed', 'Timeout', 'RuntimeError', 'Survived', 'NoCoverage', 'CompileError', 'Ignored'];
  const figure = judge(
    statuses.map((status) => outcome(status)),
    [],
  );
  expect(figure).toMatchObject({ killed: 3, counted: 5, accepted: 0 });
  expect(figure.survivors.map(({ status }) => status)).toEqual(['Survived', 'NoCoverage']);
  expect(percent(figure)).toBe(60);
  expect(percent({ killed: 0, counted: 0 })).toBe(100);
});

it('lets one live that is accepted, wherever it stands in its file, and no other', () => {
  const moved = judge([outcome('Survived', 'true', 90), outcome('Survived', 'false')], [entry]);
  expect(moved).toMatchObject({ accepted: 1, counted: 1, survivors: [{ becomes: 'false' }] });
});

it('accepts with a reason, and only what still stands in the code', () => {
  for (const { file, was, reason } of acceptedList) {
    expect(reason, was).toMatch(/^.{10,}$/);
    expect(readFileSync(join(root, file), 'utf8').replace(/\s+/g, ' '), file).toContain(was);
  }
});

it('mutates files that there are, by tests that there are', () => {
  const named = areas
    .flatMap(({ mutate, tests }) => [...mutate, ...tests])
    .map((path) => path.replace(/\/\*\*.*$/, ''));
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('mutates for a sample where its mutants stand, and for a larger one there as well', async () => {
  const globs = ['src/homework/ledger/*.ts'];
  const [few, many, other] = await Promise.all([
    sampledPlaces(globs, { share: 0.01, seed: 1 }),
    sampledPlaces(globs, { share: 0.1, seed: 1 }),
    sampledPlaces(globs, { share: 0.1, seed: 2 }),
  ]);
  expect(many.length).toBeGreaterThan(few.length);
  expect(many).toEqual(expect.arrayContaining(few));
  expect(other).not.toEqual(many);
  for (const place of many) {
    // what is spelled otherwise is the name of a file to StrykerJS
    const [, file = '', line] = /^(.+):(\d+):\d+-\d+:\d+$/.exec(place) ?? [];
    expect(readFileSync(join(root, file), 'utf8').split('\n').length, place).toBeGreaterThanOrEqual(Number(line));
  }
});
