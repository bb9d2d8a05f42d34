import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/homework/model.ts';
import type { ChangeSinceFiling } from '../../../src/homework/report/changes-since-filing.ts';
import { isWrongNow } from '../../../src/homework/report/is-wrong-now.ts';
import type { ToldFact } from '../../../src/homework/report/report-model.ts';
import { aFiled, aRecord, aState, aTime, feb, noContent, theWeek } from './report-state.ts';

const saidOf = (id: string, status: string): ToldFact => ({ artefact: 'occurrence', id, status, at: feb(7) });
const asked = (change: Partial<ChangeSinceFiling>, occurrence: Partial<Occurrence> = {}, said?: ToldFact) =>
  isWrongNow(
    aState({
      logs: [aRecord()],
      occurrences: [aTime({ status: 'late', logId: 'l1', ...occurrence })],
      reports: [aFiled({ content: { ...noContent, told: said === undefined ? [] : [said] } })],
    }),
    { report: aFiled(), artefact: 'log', id: 'l1', change: 'late', changedAt: feb(8), ...change },
    theWeek(),
  );
const told = (text: string): ToldFact => ({
  ...{ artefact: 'log', id: 'l1', status: 'told', at: feb(3) },
  lines: [{ label: 'Note', text }],
});
const { lines: _lines, ...toldWithoutLines } = told('');

describe('whether a change makes a filed report wrong', () => {
  it.each<[string, boolean, boolean]>([
    ['a log taken back', asked({ change: 'retracted' }), true],
    [
      'a time told as missed, excused',
      asked({ change: 'excused', artefact: 'occurrence', told: saidOf('a1.1', 'missed') }),
      true,
    ],
    [
      'a time told as overdue, excused',
      asked({ change: 'excused', artefact: 'occurrence', told: saidOf('a1.1', 'overdue') }),
      false,
    ],
    ['a time of which nothing was told, excused', asked({ change: 'excused', artefact: 'occurrence' }), false],
    ['a barrier talked over', asked({ change: 'talked-over', artefact: 'barrier', id: 'b1' }), false],
    ['a message', asked({ change: 'feedback', artefact: 'feedback', id: 'f1' }), false],
    // its words would differ if it were taken for the log
    ['a message with the id of a log', asked({ change: 'feedback', artefact: 'feedback' }), false],
    ['a late log of a time told as missed', asked({}, {}, saidOf('a1.1', 'missed')), true],
    ['a late log of a time told as overdue', asked({}, {}, saidOf('a1.1', 'overdue')), true],
    ['a late log of a time told as done', asked({}, {}, saidOf('a1.1', 'done')), false],
    ['a late log of a time of which nothing was told', asked({}), false],
    ['a late log of no time', asked({}, { logId: 'l2' }, saidOf('a1.1', 'missed')), false],
    ['a late log that is not there', asked({ id: 'l9' }, { logId: 'l9' }, saidOf('a1.1', 'missed')), false],
    ['a corrected log whose words are as told', asked({ change: 'amended', told: told('Note: "hello"') }), false],
    ['a corrected log whose words are others', asked({ change: 'amended', told: told('Note: "bye"') }), true],
    ['a corrected log told before its words were kept', asked({ change: 'amended', told: toldWithoutLines }), true],
    ['a corrected log that was only listed', asked({ change: 'amended' }), true],
  ])('%s: %s', (_, wrong, expected) => {
    expect(wrong).toBe(expected);
  });
});
