import { describe, expect, it } from 'vitest';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { addBarrier } from '../../src/homework/plan/add-barrier.ts';
import { addFeedback } from '../../src/homework/plan/add-feedback.ts';
import { makeMove } from '../../src/homework/plan/make-move.ts';
import { markTalkedOver } from '../../src/homework/plan/mark-talked-over.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { addReport, nextReportVersion } from '../../src/homework/report/add-report.ts';
import { markerOf, reportContent } from '../../src/homework/report/report-content.ts';
import type { ReportOptions } from '../../src/homework/report/report-frame.ts';
import { reportText } from '../../src/homework/report/report-text.ts';
import { wrapText } from '../../src/homework/report/wrap-text.ts';
import { exemptOccurrence } from '../../src/homework/schedule/exempt-occurrence.ts';
import fc from '../fast-check.ts';
import { aLog, answers } from './build-plan.ts';
import { designedAt, rules, sarahUntil } from './sarah.ts';

const visit = '2026-03-25T19:00:00.000Z';
const options = (changes: Partial<ReportOptions> = {}): ReportOptions => ({
  marker: markerOf('r', 1),
  from: designedAt,
  to: visit,
  members: [],
  summaryOf: () => [
    { type: 'text', label: 'Predicted', linkId: 'prediction' },
    { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
  ],
  kindTitle: (kind) => kind,
  ...changes,
});
const write = (state: PlanState, at = visit, changes: Partial<ReportOptions> = {}) =>
  reportText(reportContent(state, options({ to: at, ...changes })));

describe('the between-session report', () => {
  it('never prints what is withheld, nor lets it into the measures', () => {
    const before = sarahUntil('2026-03-17T13:00:00.000Z');
    const items = answers({ prediction: 'SECRET', 'belief-before': 55, 'belief-after': 3, practised: true });
    const command = aLog({
      id: '4a',
      assignmentId: '4a',
      performedAt: '2026-03-18T14:00:00.000Z',
      items,
      withheld: ['prediction', 'belief-after'],
    });
    const text = write(takeLog(before, command, '2026-03-18T14:00:00.000Z', rules).state);
    expect(text).not.toContain('SECRET');
    expect(text).toContain('Belief 90 to 55 %');
    expect(text).not.toContain('to 3 %');
  });

  it('never says "failed", shows what is overdue, and what is to be done next', () => {
    const at = '2026-03-24T12:00:00.000Z';
    const overdue = write(sweep(sarahUntil(at), at, rules), at);
    expect(overdue).toContain('6 of 7 done (85.7 %), 5 on time, 1 late; 1 overdue.');
    expect(overdue).toContain('- 4b Offer a minor opinion: overdue, was due by Mon, Mar 23, 2026');
    const missed = write(sweep(sarahUntil(visit), visit, rules));
    expect(missed).toContain('  missed, was due by Mon, Mar 23, 2026');
    expect(`${overdue}${missed}`).not.toMatch(/failed/i);
  });

  it('speaks of its own time only: what happened before is not done again', () => {
    const text = write(sarahUntil(visit), visit, { from: '2026-03-17T00:00:00.000Z' });
    expect(text).toContain('2 of 2 done (100 %), 1 on time, 1 late.');
    const [own, earlier = ''] = text.split('EARLIER, AND NOT REPORTED BEFORE');
    expect(own).not.toContain('Tell one trusted colleague');
    expect(earlier).toContain('Tell one trusted colleague');
    expect(text).toContain('Belief 70 to 45 %');
    const quiet = write(sarahUntil(designedAt), '2026-03-01T16:00:00.000Z');
    expect(quiet).toContain('nothing was due in this time.');
  });

  it('tells why: barriers with their state, excuses, a step the patient stopped, feedback in both directions', () => {
    let state = sweep(sarahUntil(visit), visit, rules);
    state = addBarrier(
      state,
      { id: 'b1', assignmentId: '4b', code: 'no-time', text: 'two late shifts', saidBy: 'patient' },
      visit,
    );
    state = addBarrier(state, { id: 'b2', code: 'other', saidBy: 'Practitioner/1' }, visit);
    state = markTalkedOver(state, { barrierId: 'b2' }, visit);
    expect(markTalkedOver(state, { barrierId: 'b2' }, '2026-03-26T19:00:00.000Z')).toBe(state);
    state = exemptOccurrence(state, { occurrenceId: '4b.1', reason: 'meeting was called off' }, visit, rules);
    state = addFeedback(state, { id: 'f1', logId: '4a', author: 'Practitioner/1', text: 'Well asked.' }, visit);
    state = addFeedback(state, { id: 'f2', author: 'patient', text: 'Thank you', inResponseTo: 'f1' }, visit);
    expect(state.feedback[0]?.assignmentId).toBe('4a');
    state = makeMove(
      state,
      { assignmentId: '4c', event: { type: 'unlock', by: { actor: 'Practitioner/1', reason: 'ready' } } },
      visit,
      rules,
    );
    state = makeMove(
      state,
      { assignmentId: '4c', event: { type: 'decline', barrier: { id: 'b3', code: 'too-hard', saidBy: 'patient' } } },
      visit,
      rules,
    );
    const text = write(state).replace(/\n\s+/g, ' ');
    expect(text).toContain('barrier: no time "two late shifts" (said by the patient; not talked over yet)');
    expect(text).toContain('barrier: other (written down by the clinician; talked over Wed, Mar 25, 2026)');
    expect(text).toContain('excused: meeting was called off');
    expect(text).toContain('declined by the patient');
    expect(text).toContain('- Wed, Mar 25, 2026, clinician on 4a: "Well asked."');
    expect(text).toContain('- Wed, Mar 25, 2026, patient: "Thank you"');
  });

  it('is at most 80 columns wide and ends with its marker, whatever is written in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uuid(), (words, id) => {
        const said = addBarrier(
          sarahUntil(visit),
          { id: 'b', assignmentId: '1', code: 'other', text: words, saidBy: 'patient' },
          visit,
        );
        const lines = write(said, visit, { marker: markerOf(id, 3) }).split('\n');
        expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
        expect(lines.at(-1)).toBe(`[IS:${id}:v3]`);
        expect(lines.filter((line) => line.startsWith('[IS:'))).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });

  it('breaks a word that is longer than a line, and keeps every character', () => {
    expect(wrapText('ab cdefghij', 0, 2, 5)).toEqual(['ab', '  cde', '  fgh', '  ij']);
    expect(wrapText('one two three', 2, 1, 9)).toEqual(['  one two', '   three']);
  });
});

describe('filing a report', () => {
  const file = (state: PlanState, version: number, text = `text\n[IS:r:v${version}]`) =>
    addReport(state, { id: 'r', version, from: designedAt, to: visit, text, members: [] }, visit);

  it('keeps the newest version in place of the one before', () => {
    const filed = file(sarahUntil(visit), 1);
    expect(nextReportVersion(filed, 'r')).toBe(2);
    const two = file(filed, 2);
    expect(two.reports.map(({ id, version }) => [id, version])).toEqual([['r', 2]]);
  });

  it('refuses a version that was overtaken, a text without its marker, and an empty period', () => {
    const filed = file(sarahUntil(visit), 1);
    expect(() => file(filed, 1)).toThrow(
      expect.objectContaining({ code: 'version-conflict', fields: { id: 'r', expected: 1, actual: 2 } }),
    );
    expect(() => file(filed, 2, 'text')).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    const command = { id: 'x', version: 1, from: designedAt, to: designedAt, text: '[IS:x:v1]', members: [] };
    expect(() => addReport(filed, command, visit)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    const standing = addReport(filed, { ...command, from: visit, to: visit }, visit);
    expect(standing.reports.map(({ id }) => id)).toEqual(['r', 'x']);
  });
});

describe('refusing by name', () => {
  it.each<[string, (state: PlanState) => unknown, string]>([
    [
      'feedback without words',
      (s) => addFeedback(s, { id: 'f', author: 'patient', text: ' ' }, visit),
      'invalid-request',
    ],
    [
      'feedback on nothing',
      (s) => addFeedback(s, { id: 'f', logId: 'x', author: 'patient', text: 'a' }, visit),
      'unknown-artefact',
    ],
    [
      'feedback on a log of another step',
      (s) => addFeedback(s, { id: 'f', logId: '4a', assignmentId: '1', author: 'patient', text: 'a' }, visit),
      'invalid-request',
    ],
    [
      'an answer to nothing',
      (s) => addFeedback(s, { id: 'f', author: 'patient', text: 'a', inResponseTo: 'x' }, visit),
      'unknown-artefact',
    ],
    [
      'a barrier before nothing',
      (s) => addBarrier(s, { id: 'b', assignmentId: 'x', code: 'fear', saidBy: 'patient' }, visit),
      'unknown-artefact',
    ],
    ['an unknown barrier', (s) => markTalkedOver(s, { barrierId: 'x' }, visit), 'unknown-artefact'],
    [
      'an unknown step',
      (s) => makeMove(s, { assignmentId: 'x', event: { type: 'seen' } }, visit, rules),
      'unknown-artefact',
    ],
  ])('%s', (_, work, code) => {
    expect(() => work(sarahUntil(visit))).toThrow(expect.objectContaining({ code }));
  });
});
