import { describe, expect, it } from 'vitest';
import type { PlanState } from '../../src/homework/model.ts';
import { addBarrier } from '../../src/homework/plan/add-barrier.ts';
import { adherenceOf, adherencesOf } from '../../src/homework/plan/adherence-of.ts';
import { markTalkedOver } from '../../src/homework/plan/mark-talked-over.ts';
import { nextSweepAt } from '../../src/homework/plan/next-sweep-at.ts';
import { proposeClose } from '../../src/homework/plan/propose-close.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { markerOf, reportContent } from '../../src/homework/report/report-content.ts';
import { reportText } from '../../src/homework/report/report-text.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { designedAt, rules, sarahUntil } from './sarah.ts';

const stands = (state: PlanState, id: string) => {
  const found = state.assignments.find((assignment) => assignment.id === id);
  return `${found?.status}/${found?.businessStatus}`;
};
const occurrences = (state: PlanState) => state.occurrences.map(({ id, status }) => `${id} ${status}`);

/** After the visit on 25 March: 4b was missed, and what stood in the way was talked over. */
function afterTheVisit(): PlanState {
  const visit = '2026-03-25T19:00:00.000Z';
  const missed = sweep(sarahUntil(visit), visit, rules);
  const said = addBarrier(missed, { id: 'b', assignmentId: '4b', code: 'fear', saidBy: 'patient' }, visit);
  return markTalkedOver(said, { barrierId: 'b' }, visit);
}

describe("Sarah's plan", () => {
  it('begins with one meeting due and everything else locked', () => {
    const state = sarahUntil(designedAt);
    expect(occurrences(state)).toEqual(['1.1 due']);
    expect(stands(state, '1')).toBe('requested/assigned');
    expect(['2', '3', '4a', '4b', '4c'].map((id) => stands(state, id))).toEqual(Array(5).fill('draft/locked'));
    expect(nextSweepAt(state, designedAt)).toBe('2026-03-14T08:00:00.000Z');
  });

  it('opens the next meeting after each log, and step 2 after the third', () => {
    const two = sarahUntil('2026-03-05T00:00:00.000Z');
    expect(occurrences(two)).toEqual(['1.1 done', '1.2 done', '1.3 due']);
    expect(stands(two, '1')).toBe('in-progress/logging');
    const three = sarahUntil('2026-03-09T14:00:00.000Z');
    expect(stands(three, '1')).toBe('completed/done');
    expect(stands(three, '2')).toBe('requested/assigned');
    expect(occurrences(three)).toEqual(['1.1 done', '1.2 done', '1.3 done', '2.1 due']);
  });

  it('counts step 3 as late and completes it all the same', () => {
    const before = sweep(sarahUntil('2026-03-17T12:00:00.000Z'), '2026-03-17T12:00:00.000Z', rules);
    expect(stands(before, '3')).toBe('requested/overdue');
    const state = sarahUntil('2026-03-17T13:00:00.000Z');
    expect(occurrences(state)).toContain('3.1 late');
    expect(state.logs.find(({ id }) => id === '3')?.resolution).toBe('late');
    expect(stands(state, '3')).toBe('completed/done');
    expect(stands(state, '4a')).toBe('requested/assigned');
  });

  it('has 4b overdue from Tuesday 04:00 and missed from Wednesday 04:00 in New York, not a minute earlier', () => {
    const logged = sarahUntil('2026-03-23T00:00:00.000Z');
    const at = (time: string) => sweep(logged, time, rules);
    expect(stands(at('2026-03-24T07:59:59.999Z'), '4b')).toBe('requested/assigned');
    expect(stands(at('2026-03-24T08:00:00.000Z'), '4b')).toBe('requested/overdue');
    expect(occurrences(at('2026-03-24T08:00:00.000Z'))).toContain('4b.1 overdue');
    expect(stands(at('2026-03-25T07:59:59.999Z'), '4b')).toBe('requested/overdue');
    expect(stands(at('2026-03-25T08:00:00.000Z'), '4b')).toBe('failed/missed');
    expect(occurrences(at('2026-03-25T08:00:00.000Z'))).toContain('4b.1 missed');
    expect(stands(at('2026-03-31T12:00:00.000Z'), '4c')).toBe('draft/locked');
  });

  it('comes out at 7 occurrences, 5 on time, 1 late, 1 missed: 85.7 % and 71.4 %', () => {
    const state = afterTheVisit();
    const adherence = adherenceOf(state, {}, '2026-03-25T19:00:00.000Z');
    expect(adherence).toEqual({
      planId: 'plan-1',
      patientId: 'sarah',
      from: '2026-03-01T09:00:00.000Z',
      to: '2026-04-13T08:00:00.000Z',
      status: 'preliminary',
      counts: { expected: 7, due: 7, done: 6, onTime: 5, late: 1, missed: 1, open: 0, excused: 0, adHoc: 0, extra: 0 },
      percent: 85.7,
      onTimePercent: 71.4,
    });
    expect(state.assignments).toHaveLength(6);
    expect(state.occurrences).toHaveLength(7);
    expect(state.logs).toHaveLength(6);
    expect(adherencesOf(state, '2026-03-25T19:00:00.000Z').map(({ assignmentId }) => assignmentId)).toEqual([
      undefined,
      '1',
      '2',
      '3',
      '4a',
      '4b',
    ]);
    expect(adherenceOf(state, {}, '2026-04-13T08:00:00.000Z').status).toBe('final');
    expect(stands(state, '4c')).toBe('draft/locked');
    expect(proposeClose(state, rules)).toEqual({ status: 'completed' });
    // nothing is left to be missed; the end of the period makes the adherence final
    expect(nextSweepAt(state, '2026-03-25T19:00:00.000Z')).toBe('2026-04-13T08:00:00.000Z');
    expect(nextSweepAt(state, '2026-04-13T08:00:00.000Z')).toBeUndefined();
  });

  it('reads as a report within ten seconds', () => {
    const text = reportText(
      reportContent(afterTheVisit(), {
        marker: markerOf('b7c6a1f0-0000-4000-8000-000000000001', 1),
        from: designedAt,
        to: '2026-03-25T19:00:00.000Z',
        members: [
          { artefact: 'log', id: '3f2a91c0-0000-4000-8000-000000000001', version: 1 },
          { artefact: 'occurrence', id: '3f2a91c0-0000-4000-8000-000000000002.1', version: 2 },
        ],
        summaryOf: (questionnaire) => registeredKinds.version(questionnaire).summary,
        kindTitle: (kind) => registeredKinds.kind(kind).title,
      }),
    );
    expect(text).toMatchInlineSnapshot(`
      "Homework between visits: 6 of 7 done (85.7 %), 5 on time, 1 late; 1 missed.
      Speaking up
      Sun, Mar 1, 2026 to Wed, Mar 25, 2026 (America/New_York)

      NOT DONE, AND WHY
      4b Offer a minor opinion
        missed, was due by Mon, Mar 23, 2026
        barrier: fear (said by the patient; talked over Wed, Mar 25, 2026)

      CHANGE
      - Belief 90 to 45 % (first rated before, last after)
      - SUDS peak 75 to 65

      STEPS
      - 1 Notice what happens in three team meetings: next three team meetings, by
        Fri, Mar 13; 3 of 3 done, 3 on time
      - 2 Tell one trusted colleague your view: once, by Fri, Mar 13; 1 of 1 done, 1
        on time
      - 3 Say one factual statement: once, by Mon, Mar 16; 1 of 1 done, 1 late
      - 4a Ask a question: once, by Fri, Mar 20; 1 of 1 done, 1 on time
      - 4b Offer a minor opinion: once, by Mon, Mar 23; 0 of 1 done; 1 missed

      PREDICTED, AND WHAT HAPPENED
      2 Tell one trusted colleague your view
        Wed, Mar 11, 3:00 PM: Predicted: "she will think it's foolish" (80 % likely);
          Actual: "good point"

      LOGGED
      1 Notice what happens in three team meetings (self-monitoring)
        Mon, Mar 2, 10:00 AM: Predicted: "they will laugh"; Belief 90 to 90 %; SUDS
          before 60, peak 75, after 50; Self-censored 4 times
        Wed, Mar 4, 10:00 AM: Belief 90 to 88 %; SUDS before 55, peak 70, after 45;
          Self-censored 3 times
        Mon, Mar 9, 10:00 AM: Belief 88 to 85 %; SUDS before 55, peak 70, after 45;
          Self-censored 3 times
      2 Tell one trusted colleague your view (behavioural experiment)
        Wed, Mar 11, 3:00 PM: Belief 85 to 70 %; SUDS before 50, peak 65, after 30
      3 Say one factual statement (graded exposure)
        Tue, Mar 17, 9:00 AM, late: SUDS before 70, peak 80, after 40; Belief 70 to 55
          %; Duration 20 s
      4a Ask a question (communication practice)
        Wed, Mar 18, 10:00 AM: Attempts 1; SUDS before 60, peak 65, after 30; Belief
          55 to 45 %

      NEXT
      - 4c Lead a small segment: locked; it opens only by hand now, because step 4b
        was missed

      [IS:b7c6a1f0-0000-4000-8000-000000000001:v1]"
    `);
    expect(text.split('\n').every((line) => [...line].length <= 80)).toBe(true);
  });
});
