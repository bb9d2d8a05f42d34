import { describe, expect, it } from 'vitest';
import {
  isWaitingFor,
  outcomeCodes,
  type ReasonTable,
  type RowReason,
  readReason,
  waitingCodes,
} from '../../../src/homework/ledger/row-reason.ts';
import { everyReason, sampleReasons } from './sample-reasons.ts';

const codes = [...waitingCodes, ...outcomeCodes];
/** A table of words in which each code has its own, made of the detail that came with it. */
const table = Object.fromEntries(
  codes.map((code) => [code, (reason: RowReason) => `${code}: ${JSON.stringify(reason)}`]),
) as unknown as ReasonTable<string>;

describe('the reason of a ledger row', () => {
  it.each(everyReason.map((reason) => [reason.code, reason] as const))(
    '%s is read by its own entry, with its detail',
    (code, reason) => {
      expect(readReason(table, reason)).toBe(`${code}: ${JSON.stringify(sampleReasons[code])}`);
    },
  );

  it.each([...waitingCodes])('%s is what a row waits for', (code) => {
    expect(isWaitingFor(sampleReasons[code])).toBe(true);
  });

  it.each([...outcomeCodes])('%s is why it stands so', (code) => {
    expect(isWaitingFor(sampleReasons[code])).toBe(false);
  });

  it.each(['of-tomorrow', '', 'toString', 'constructor', 'hasOwnProperty'])('%j is of a newer version', (code) => {
    expect(readReason(table, { code } as unknown as RowReason)).toBeUndefined();
  });
});
