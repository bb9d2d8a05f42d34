import { expect, it } from 'vitest';
import type { PlanState, Report } from '../../../src/homework/model.ts';
import type { ChangeSinceFiling } from '../../../src/homework/report/changes-since-filing.ts';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';
import { addendum, change } from './an-addendum.ts';
import { aBarrier, aMessage, aRecord, aTime, feb } from './report-state.ts';

const step = '1 Write it down';

it('an addendum is what changed, each sort under its title, the most important first', () => {
  const state: Partial<PlanState> = {
    logs: [
      aRecord({ id: 'gone', status: 'entered-in-error', authored: feb(8) }),
      aRecord({ id: 'put-right', status: 'amended', authored: feb(8), occurrenceId: 'a1.1' }),
      aRecord({ id: 'came', resolution: 'ad-hoc', authored: feb(9, '23:30') }),
    ],
    occurrences: [
      aTime({ id: 'a1.0', ordinal: 0, reason: 'another' }),
      aTime({ status: 'excused', reason: 'ill', lastModified: feb(8), endedAt: feb(8) }),
    ],
    barriers: [aBarrier({ talkedOverAt: feb(8) })],
    feedback: [aMessage({ sentAt: feb(8) })],
  };
  const changes = [
    change({ id: 'came' }),
    change({ artefact: 'feedback', id: 'f1', change: 'feedback' }),
    change({ artefact: 'barrier', id: 'b1', change: 'talked-over' }),
    change({ artefact: 'occurrence', id: 'a1.1', change: 'excused' }),
    change({ id: 'put-right', change: 'amended' }),
    change({ id: 'gone', change: 'retracted' }),
  ];
  const members: Report['members'] = [{ artefact: 'log', id: 'came', version: 1 }];
  const lines = [{ label: 'Note', text: 'Note: "hello"' }];
  expect(addendum(state, changes, { members })).toEqual({
    language: 'en-GB',
    headline:
      'Addendum of Sun, 8 Feb 2026 to the report of Sun, 1 Feb 2026 to Sat, 7 Feb 2026: 1 log was taken back, ' +
      '1 log was corrected, 1 log came after it, 1 time was excused, 1 barrier was talked over, 1 message was sent.',
    count: 'nothing was due in this time. 2 logs were written all the same.',
    namesSignals: false,
    title: 'Less worry',
    period: 'Sun, 1 Feb 2026 to Sat, 7 Feb 2026 (Europe/Berlin)',
    date: feb(8),
    sections: [
      {
        title: 'Taken back: do not rely on it',
        urgent: true,
        entries: [
          {
            heading: step,
            lines: [
              'the log of Tue 3 Feb, 13:00 was taken back on Sun, 8 Feb 2026; what the report says of it does not hold',
            ],
          },
        ],
      },
      {
        title: 'Corrected',
        entries: [
          {
            heading: step,
            lines: ['the log of Tue 3 Feb, 13:00 was corrected on Sun, 8 Feb 2026', 'now Note: "hello"'],
          },
        ],
      },
      {
        title: 'Came after the report',
        entries: [{ heading: step, lines: ['Tue 3 Feb, 13:00, written Tue, 10 Feb 2026: Note: "hello"'] }],
      },
      { title: 'Excused since', entries: [{ heading: step, lines: ['was told as open; excused: ill'] }] },
      {
        title: 'Talked over since',
        entries: [
          {
            heading: 'The plan as a whole',
            lines: ['barrier: no time (said by the patient; talked over Sun, 8 Feb 2026)'],
          },
        ],
      },
      {
        title: 'Feedback since',
        entries: [{ heading: 'The plan as a whole', lines: ['Sun, 8 Feb 2026, clinician: "Well done"'] }],
      },
      {
        title: 'The count of that time',
        entries: [
          {
            lines: [
              'now: nothing was due in this time. 2 logs were written all the same.',
              'told before: nothing was due in this time.',
            ],
          },
        ],
      },
    ],
    members: 'log/came',
    marker: '[IS:r2:v1]',
    told: [
      { artefact: 'log', id: 'came', status: 'told', at: feb(9, '23:30'), lines },
      { artefact: 'feedback', id: 'f1', status: 'told', at: feb(8) },
      { artefact: 'barrier', id: 'b1', status: 'talked-over', at: feb(8) },
      { artefact: 'occurrence', id: 'a1.1', status: 'excused', at: feb(8) },
      { artefact: 'log', id: 'put-right', status: 'told', at: feb(8), lines },
      { artefact: 'occurrence', id: 'a1.1', status: 'excused', at: feb(8) },
      { artefact: 'log', id: 'gone', status: 'retracted', at: feb(8), lines: [] },
    ],
  } satisfies ReportContent);
});

it('the headline counts each sort, and leaves out what there is none of', () => {
  const twice = (changes: Partial<ChangeSinceFiling>) => [change(changes), change(changes)];
  const state = { logs: [aRecord()], occurrences: [aTime()], barriers: [aBarrier()], feedback: [aMessage()] };
  const summaries = [
    ['retracted', 'log', 'l1', '2 logs were taken back'],
    ['amended', 'log', 'l1', '2 logs were corrected'],
    ['late', 'log', 'l1', '2 logs came after it'],
    ['excused', 'occurrence', 'a1.1', '2 times were excused'],
    ['talked-over', 'barrier', 'b1', '2 barriers were talked over'],
    ['feedback', 'feedback', 'f1', '2 messages were sent'],
  ] as const;
  for (const [kind, artefact, id, words] of summaries)
    expect(addendum(state, twice({ change: kind, artefact, id })).headline.split(': ')[1]).toBe(`${words}.`);
});

it('an addendum tells of no log that its plan does not have', () => {
  const words = 'a change names a log of its plan';
  expect(() => addendum({}, [change({})])).toThrow(words);
  expect(() => addendum({ logs: [aRecord({ assignmentId: 'a9' })] }, [change({})])).toThrow(words);
});
