import { describe, expect, it } from 'vitest';
import type { Feedback, PlanState } from '../../../src/homework/model.ts';
import type { ReportOptions } from '../../../src/homework/report/report-frame.ts';
import { feedbackSection, otherFacts } from '../../../src/homework/report/report-not-done.ts';
import { aBarrier, aFiled, aMessage, aRecord, aStep, aTime, endOf, feb, frameOf, noContent } from './report-state.ts';

const linesOf = (state: Partial<PlanState>, options: Partial<ReportOptions> = {}) =>
  feedbackSection(frameOf(state, options)).flatMap(({ entries }) => entries.flatMap(({ lines }) => lines));

describe('a message', () => {
  it.each<[Partial<Feedback>, string]>([
    [{}, 'Thu, 5 Feb 2026, clinician: "Well done"'],
    [{ author: 'patient', text: ' Thank\nyou ' }, 'Thu, 5 Feb 2026, patient: "Thank you"'],
    [{ assignmentId: 'a1' }, 'Thu, 5 Feb 2026, clinician on 1: "Well done"'],
    [{ assignmentId: 'a9' }, 'Thu, 5 Feb 2026, clinician: "Well done"'],
    [{ via: 'product', assignmentId: 'a1' }, 'Thu, 5 Feb 2026, clinician, as told by the product on 1: "Well done"'],
    [{ sentAt: feb(5, '23:00') }, 'Fri, 6 Feb 2026, clinician: "Well done"'],
  ])('%j', (changes, line) => {
    expect(linesOf({ feedback: [aMessage(changes)] })).toEqual([line]);
  });

  it('stands with the others under one title, which is left out without any', () => {
    expect(feedbackSection(frameOf({ feedback: [aMessage(), aMessage({ id: 'f2', text: 'More' })] }))).toEqual([
      {
        title: 'Feedback',
        entries: [{ lines: ['Thu, 5 Feb 2026, clinician: "Well done"', 'Thu, 5 Feb 2026, clinician: "More"'] }],
      },
    ]);
    expect(feedbackSection(frameOf())).toEqual([]);
  });
});

describe('which messages are told', () => {
  const line = ['Thu, 5 Feb 2026, clinician: "Well done"'];
  const early = aRecord({ performedAt: feb(2) });
  const first = aFiled({ from: feb(1), to: feb(3) });
  const told = {
    content: { ...noContent, told: [{ artefact: 'feedback', id: 'f1', status: 'told', at: feb(5) }] },
  } as const;
  const second: Partial<ReportOptions> = { from: feb(3) };
  const message = aMessage({ logId: 'l1' });
  it.each<[string, Partial<PlanState>, Partial<ReportOptions>, readonly string[]]>([
    ['sent in this time', {}, {}, line],
    ['sent before it', { feedback: [aMessage({ sentAt: feb(2) })] }, second, []],
    ['sent after it', { feedback: [aMessage({ sentAt: feb(8) })] }, {}, []],
    ['left to an addendum', {}, { leftToAddenda: new Set(['feedback/f1']) }, []],
    ['not, where another is', {}, { leftToAddenda: new Set(['feedback/f2', 'log/f1']) }, line],
    [
      'on an earlier log, told by an addendum',
      { logs: [early], reports: [{ ...first, ...told }], feedback: [message] },
      second,
      [],
    ],
    ['on an earlier log, not told', { logs: [early], reports: [first], feedback: [message] }, second, line],
    [
      'on an earlier log of no report',
      { logs: [early], reports: [aFiled({ ...told, from: feb(1), to: feb(1, '13:00') })], feedback: [message] },
      second,
      line,
    ],
    [
      'on a log of this time, told',
      { logs: [aRecord({ performedAt: feb(5) })], reports: [{ ...first, ...told }], feedback: [message] },
      second,
      line,
    ],
    ['on no log, told', { logs: [early], reports: [{ ...first, ...told }], feedback: [aMessage()] }, second, line],
  ])('%s', (_, state, options, lines) => {
    expect(linesOf({ feedback: [aMessage()], ...state }, options)).toEqual(lines);
  });
});

it('keeps of times, barriers and messages what was said of each', () => {
  const occurrences = [
    aTime({ id: 'missed', ordinal: 2, status: 'missed', endedAt: endOf(5), lastModified: feb(6) }),
    aTime({ id: 'done', ordinal: 3, status: 'done', endedAt: feb(3), lastModified: feb(3) }),
    aTime({ id: 'excused', ordinal: 4, status: 'excused', endedAt: feb(4), lastModified: feb(4) }),
    aTime({ id: 'due' }),
    aTime({ id: 'of-a-mistake', assignmentId: 'a9', status: 'missed', endedAt: feb(5) }),
    aTime({ id: 'excused-before', status: 'excused', endedAt: '2026-01-20T12:00:00.000Z' }),
  ];
  const barriers = [
    aBarrier({ id: 'of-step', assignmentId: 'a2' }),
    aBarrier({ id: 'of-plan', talkedOverAt: feb(6) }),
    aBarrier({ id: 'of-a-mistake', assignmentId: 'a9' }),
    aBarrier({ id: 'later', recordedAt: feb(9) }),
  ];
  const assignments = [aStep(), aStep({ id: 'a2', key: '2' })];
  const feedback = [aMessage(), aMessage({ id: 'later', sentAt: feb(9) })];
  expect(otherFacts(frameOf({ assignments, occurrences, barriers, feedback }), assignments)).toEqual([
    { artefact: 'occurrence', id: 'missed', status: 'missed', at: feb(6) },
    { artefact: 'occurrence', id: 'done', status: 'done', at: feb(3) },
    { artefact: 'occurrence', id: 'excused', status: 'excused', at: feb(4) },
    { artefact: 'barrier', id: 'of-plan', status: 'talked-over', at: feb(6) },
    { artefact: 'barrier', id: 'of-step', status: 'open', at: feb(4) },
    { artefact: 'feedback', id: 'f1', status: 'told', at: feb(5) },
  ]);
});
