import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/homework/model.ts';
import type { ToldFact } from '../../../src/homework/report/report-model.ts';
import { nextPeriod } from '../../../src/homework/report/report-period.ts';
import { factKey, lastReport, reportOfTime, toldFacts } from '../../../src/homework/report/told-facts.ts';
import { aFiled, aState, feb, noContent } from './report-state.ts';

const fact = (artefact: ToldFact['artefact'], id: string, status: string): ToldFact => ({
  ...{ artefact, id, status, at: feb(2) },
});
const filed = (id: string, createdAt: string, told: readonly ToldFact[], changes: Partial<Report> = {}) =>
  aFiled({ id, createdAt, content: { ...noContent, told }, ...changes });

describe('what was said last of each artefact', () => {
  it('is what the newest report or addendum said, whatever their order', () => {
    const { content: _none, ...bare } = aFiled({ id: 'bare' });
    const reports = [
      filed('r2', feb(5), [fact('occurrence', 'x', 'excused')], { addendumTo: 'r1' }),
      filed('r3', feb(9), [fact('log', 'z', 'told')]),
      filed('r1', feb(3), [fact('occurrence', 'x', 'missed'), fact('log', 'x', 'told')]),
      bare,
    ];
    expect([...toldFacts({ reports })].map(([key, { status }]) => [key, status])).toEqual([
      ['occurrence/x', 'excused'],
      ['log/x', 'told'],
      ['log/z', 'told'],
    ]);
    expect(reports.map(({ id }) => id)).toEqual(['r2', 'r3', 'r1', 'bare']);
    expect(factKey({ artefact: 'feedback', id: 'f' })).toBe('feedback/f');
  });
});

describe('the report that speaks of a time', () => {
  const reports = [
    aFiled({ id: 'first', from: feb(1), to: feb(4), createdAt: feb(4) }),
    aFiled({ id: 'second', from: feb(4), to: feb(7), createdAt: feb(7) }),
    aFiled({ id: 'addendum', addendumTo: 'first', from: feb(1), to: feb(9), createdAt: feb(9) }),
  ];
  it.each([
    ['2026-02-01T11:59:59.999Z', undefined],
    [feb(1), 'first'],
    [feb(3), 'first'],
    // both speak of it: the one filed last
    [feb(4), 'second'],
    [feb(7), 'second'],
    [feb(8), undefined],
  ])('%s: %s', (at, id) => {
    expect(reportOfTime({ reports }, at)?.id).toBe(id);
    expect(reportOfTime({ reports: [...reports].reverse() }, at)?.id).toBe(id);
  });
});

describe('the last report', () => {
  it.each<[string, readonly Report[], string | undefined]>([
    ['is none where none was filed', [], undefined],
    ['is no addendum', [aFiled({ id: 'a', addendumTo: 'r' })], undefined],
    ['ends last', [aFiled({ id: 'x', to: feb(7) }), aFiled({ id: 'y', to: feb(5) })], 'x'],
    ['ends last, wherever it stands', [aFiled({ id: 'y', to: feb(5) }), aFiled({ id: 'x', to: feb(7) })], 'x'],
    ['is the later one of two with one end', [aFiled({ id: 'x' }), aFiled({ id: 'y' })], 'y'],
  ])('%s', (_, reports, id) => {
    expect(lastReport({ reports })?.id).toBe(id);
  });
});

describe('the time of the next report', () => {
  const of = (createdAt: string, reports: readonly Report[] = []) => {
    const state = aState({ reports });
    return nextPeriod({ ...state, plan: { ...state.plan, createdAt } }, feb(9));
  };
  it.each([
    // the plan's first day begins at four in the morning, 03:00 UTC
    ['begins with the plan’s first day', of(feb(1, '08:00')), feb(1, '03:00')],
    ['or when the plan was written, if that was before', of('2026-01-30T08:00:00.000Z'), '2026-01-30T08:00:00.000Z'],
    ['or where the last report ends', of(feb(1, '08:00'), [aFiled()]), feb(7)],
  ])('%s', (_, period, from) => {
    expect(period).toEqual({ from, to: feb(9) });
  });
});
