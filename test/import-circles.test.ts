import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources, specifiersIn } from './read-imports.ts';

const root = resolve(import.meta.dirname, '..');

/** The files that can be reached from themselves, a list for each circle. Tarjan's strongly connected components. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) ?? 0);
    open.push(file);
    for (const to of graph.get(file) ?? []) {
      if (!order.has(to)) visit(to);
      if (open.includes(to)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(to) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || graph.get(file)?.includes(file)) found.push(circle.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

describe('imports', () => {
  const files = [join(root, 'src'), join(root, 'smart-app', 'src')].flatMap(sources);
  const graph = new Map(
    files.map((file) => [
      relative(root, file),
      specifiersIn(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(root, resolve(dirname(file), specifier))),
    ]),
  );

  it('run in no circle, those of types included', () => {
    expect(graph.size).toBeGreaterThan(500);
    expect([...graph.values()].flat().filter((to) => graph.has(to)).length).toBeGreaterThan(1500);
    expect(circlesIn(graph)).toEqual([]);
  });

  it.each<[string, Record<string, string[]>, string[][]]>([
    ['a line', { a: ['b'], b: ['c'], c: [] }, []],
    ['two that meet', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    ['two that name each other', { a: ['b'], b: ['a'] }, [['a', 'b']]],
    ['a long way round', { x: ['a'], a: ['b'], b: ['c'], c: ['d', 'y'], d: ['a'], y: [] }, [['a', 'b', 'c', 'd']]],
    [
      'two circles, the one leading to the other',
      { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] },
      [
        ['c', 'd'],
        ['a', 'b'],
      ],
    ],
    ['one that names itself', { a: ['a'] }, [['a']]],
  ])('would be found: %s', (_what, drawn, circles) => {
    expect(circlesIn(new Map(Object.entries(drawn)))).toEqual(circles);
  });
});
