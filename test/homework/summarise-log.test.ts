import { describe, expect, it } from 'vitest';
import type { SummaryLine } from '../../src/homework/log/summary-line.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { AnswerItem, Log } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { aLog, anAssignment, answers, aPlan, rules } from './build-plan.ts';
import { logLines } from './log-lines.ts';

const place = { timeZone: 'UTC', language: 'en-GB' };

const begin = '2026-03-01T15:00:00.000Z';
const lines: readonly SummaryLine[] = [
  { type: 'text', label: 'Predicted', linkId: 'prediction', likelihoodLinkId: 'likelihood' },
  { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
  {
    type: 'points',
    label: 'SUDS',
    linkIds: ['before', 'peak', 'after'],
    names: ['before', 'peak', 'after'],
    peak: 'peak',
  },
  { type: 'value', label: 'Self-censored', linkId: 'censored', unit: 'times' },
  { type: 'value', label: 'Done', linkId: 'done' },
];

function logOf(items: readonly AnswerItem[], withheld: readonly string[] = []): Log {
  const state = activatePlan(designPlan(aPlan([anAssignment({ key: '1' })]), begin), begin, rules);
  return takeLog(state, aLog({ id: 'l', assignmentId: 'a-1', performedAt: begin, items, withheld }), begin, rules).log;
}
const all = answers({
  prediction: 'they\nwill  laugh',
  likelihood: 80,
  'belief-before': 85,
  'belief-after': 70,
  before: 50,
  peak: 65,
  after: 30,
  censored: 4,
  done: true,
});

describe('a log in a few lines', () => {
  it('reads as its kind says, one line each', () => {
    expect(logLines(lines, logOf(all), { mask: true, place })).toEqual([
      'Predicted: "they will laugh" (80 % likely)',
      'Belief 85 to 70 %',
      'SUDS before 50, peak 65, after 30',
      'Self-censored 4 times',
      'Done yes',
    ]);
  });

  it('leaves out what was not answered, and says where a part is missing', () => {
    const some = logOf(answers({ 'belief-before': 85, peak: 65 }));
    expect(logLines(lines, some, { mask: true, place })).toEqual([
      'Belief 85 % before, not rated after',
      'SUDS peak 65',
    ]);
    expect(logLines(lines, logOf(answers({ 'belief-after': 70 })), { mask: true, place })).toEqual([
      'Belief 70 % after, not rated before',
    ]);
    expect(logLines(lines, logOf([]), { mask: true, place })).toEqual([]);
  });

  it('finds answers inside groups', () => {
    const group: AnswerItem = { linkId: 'during', answers: [], items: answers({ peak: 65 }) };
    expect(logLines(lines, logOf([group]), { mask: true, place })).toEqual(['SUDS peak 65']);
    expect(logLines(lines, logOf([group], ['during']), { mask: true, place })).toEqual([]);
  });

  it('never prints what is withheld when it masks, and prints it to the patient', () => {
    const log = logOf(all, ['prediction', 'belief-after', 'peak']);
    const masked = logLines(lines, log, { mask: true, place });
    expect(masked).toEqual([
      'Belief 85 % before, not rated after',
      'SUDS before 50, after 30',
      'Self-censored 4 times',
      'Done yes',
    ]);
    expect(logLines(lines, log, { mask: false, place })[0]).toContain('they will laugh');
  });
});
