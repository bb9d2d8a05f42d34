import { describe, expect, it } from 'vitest';
import type { LogResolution, Occurrence, Schedule } from '../../../src/homework/model.ts';
import { stepName, stepsSection } from '../../../src/homework/report/report-steps.ts';
import { aRecord, aStep, aTime, endOf, feb, frameOf } from './report-state.ts';

const meetings: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 3, text: 'next three\n meetings' },
  window: { start: '2026-02-02', end: '2026-02-20' },
};

function cellsOf(schedule: Schedule, statuses: readonly Occurrence['status'][], ties: readonly LogResolution[]) {
  const step = aStep({ schedules: [{ schedule, from: feb(1) }] });
  const frame = frameOf({
    occurrences: statuses.map((status, index) =>
      aTime({ id: `a1.${index}`, status, dueUntil: endOf(4), ...(status === 'due' ? {} : { endedAt: feb(5) }) }),
    ),
    logs: ties.map((resolution, index) => aRecord({ id: `l${index}`, resolution })),
  });
  const sections = stepsSection(frame, [step]);
  expect(sections.length).toBeLessThan(2);
  return sections[0]?.table?.rows;
}
const once: Schedule = { type: 'once', by: '2026-02-06' };

describe('the table of steps', () => {
  it.each<[Schedule, readonly Occurrence['status'][], readonly LogResolution[], readonly [string, string]]>([
    [once, ['done'], ['resolved'], ['once, by Fri 6 Feb', '1 of 1 done, 1 on time']],
    [once, ['missed'], [], ['once, by Fri 6 Feb', '0 of 1 done; 1 missed']],
    [{ type: 'once-within', days: 5 }, ['late'], ['late'], ['once, within 5 days of opening', '1 of 1 done, 1 late']],
    [
      meetings,
      ['done', 'done', 'due'],
      ['resolved', 'resolved'],
      ['next three meetings, by Fri 20 Feb', '2 of 2 done, 2 on time'],
    ],
    [once, [], ['ad-hoc'], ['once, by Fri 6 Feb', 'nothing was due, 1 unplanned']],
    [once, ['due'], ['resolved'], ['once, by Fri 6 Feb', 'nothing was due']],
    [
      once,
      ['done'],
      ['resolved', 'extra', 'extra', 'ad-hoc'],
      ['once, by Fri 6 Feb', '1 of 1 done, 1 on time, 1 unplanned, 2 beyond what was planned'],
    ],
  ])('%j with %j and logs %j', (schedule, statuses, ties, cells) => {
    expect(cellsOf(schedule, statuses, ties)).toEqual([['1 Write it down', ...cells]]);
  });

  it('tells what was due before the step was changed as it was planned then', () => {
    const step = aStep({
      title: 'Say it aloud',
      changes: [{ at: feb(9), title: { from: 'Say it', to: 'Say it aloud' } }],
      schedules: [
        { schedule: once, from: feb(1), until: feb(9) },
        { schedule: { type: 'once-within', days: 7 }, from: feb(9), until: feb(10) },
        { schedule: { type: 'once', by: '2026-02-17' }, from: feb(10) },
      ],
    });
    const missed = aTime({ status: 'missed', endedAt: endOf(7), superseded: true, words: 0 });
    const done = aTime({ id: 'a1.2', ordinal: 2, status: 'done', endedAt: feb(12), dueUntil: endOf(17) });
    const rows = (occurrences: Occurrence[]) =>
      stepsSection(frameOf({ occurrences }, { to: feb(20) }), [step])[0]?.table?.rows;
    expect(rows([missed, done])).toEqual([
      ['1 Say it', 'once, by Fri 6 Feb', '0 of 1 done; 1 missed'],
      ['1 Say it aloud', 'once, by Tue 17 Feb', '1 of 1 done, 1 on time'],
    ]);
    expect(rows([missed])).toEqual([['1 Say it', 'once, by Fri 6 Feb', '0 of 1 done; 1 missed']]);
  });

  it('is left out where there was nothing due and nothing written', () => {
    expect(cellsOf(once, ['due', 'excused'], [])).toBeUndefined();
    expect(stepsSection(frameOf(), [])).toEqual([]);
  });

  it('has a heading, one row a step, and none of a step without anything', () => {
    const steps = ['1', '2', '3'].map((key) => aStep({ id: `a${key}`, key, title: `Step\n${key}` }));
    const frame = frameOf({
      logs: [aRecord({ assignmentId: 'a3', resolution: 'extra' })],
      occurrences: [aTime({ status: 'done', endedAt: feb(5) })],
    });
    expect(stepsSection(frame, steps)).toEqual([
      {
        title: 'Steps',
        table: {
          head: ['Step', 'Planned', 'Done'],
          rows: [
            ['1 Step 1', 'once, by Fri 6 Feb', '1 of 1 done, 1 on time'],
            ['3 Step 3', 'once, by Fri 6 Feb', 'nothing was due, 1 beyond what was planned'],
          ],
        },
        entries: [],
      },
    ]);
    expect(stepName(aStep({ key: '4b', title: ' Say\n it ' }))).toBe('4b Say it');
  });
});
