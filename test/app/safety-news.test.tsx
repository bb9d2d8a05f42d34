import { describe, expect, it } from 'vitest';
import { newInCrisis } from '../../smart-app/src/coordinator/safety-first.tsx';
import type { RosterPage } from '../../src/contract/app/roster.ts';

describe('of the list, what has come', () => {
  const page = (safety: number, ...rows: [string, number][]) =>
    ({
      counts: { safety },
      rows: rows.map(([patientId, openSignals]) => ({ patientId, openSignals, name: patientId })),
    }) as unknown as RosterPage;
  it.each<[string, RosterPage, RosterPage, readonly string[]]>([
    ['a first signal', page(0, ['ines', 0]), page(1, ['ines', 1]), ['ines']],
    ['a second one of the same patient', page(1, ['ines', 1]), page(1, ['ines', 2]), ['ines']],
    ['of somebody who was not shown', page(0, ['mei', 0]), page(1, ['ines', 1], ['mei', 0]), ['ines']],
    ['further down', page(0, ['mei', 0]), page(1, ['mei', 0]), ['of a patient further down the list']],
    ['nothing, where one was closed', page(1, ['ines', 2]), page(1, ['ines', 1]), []],
    ['nothing, where more rows were read', page(2, ['ines', 1]), page(2, ['ines', 1], ['sean', 1]), []],
  ])('%s', (_what, before, now, came) => {
    expect(newInCrisis(before, now)).toEqual(came);
  });

  const partly = (list: RosterPage): RosterPage => ({ ...list, countsAtLeast: true });
  it('is nobody where a count that was not whole grows, but who stands in the place of another', () => {
    const [before, now] = [partly(page(2, ['mei', 0])), partly(page(5, ['mei', 0], ['ines', 1]))];
    expect(newInCrisis(before, now)).toEqual([]);
    expect(newInCrisis(before, partly(page(5, ['ines', 1], ['mei', 0])))).toEqual(['ines']);
  });

  it.each<[string, RosterPage, readonly string[]]>([
    ['stays told while it is open', page(1, ['ines', 1]), ['ines']],
    ['stays told while a filter hides who has it', page(1, ['mei', 0]), ['ines']],
    ['is told no more once it is closed', page(1, ['ines', 0], ['mei', 1]), []],
    ['is told no more once none is open', page(0), []],
    ['stands before the next one', page(2, ['ines', 1], ['mei', 1]), ['ines', 'mei']],
  ])('%s', (what, now, told) => {
    const before = page(1, ['ines', 1], ['mei', what.startsWith('stands') ? 0 : 1]);
    expect(newInCrisis(before, now, ['ines'])).toEqual(told);
  });
});
