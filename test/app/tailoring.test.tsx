import { describe, expect, it } from 'vitest';
import {
  changedWords,
  entryAt,
  entryProblems,
  type StepEntries,
  scheduleFrom,
  shownEntries,
  tailoredFrom,
} from '../../smart-app/src/plan/tailoring.ts';
import type { LibraryStepView } from '../../src/contract/app/patient-homework.ts';
import { libraryPlans } from '../../src/kinds/library/registry.ts';

const [notice, tell] = (libraryPlans[0]?.steps ?? []) as unknown as [LibraryStepView, LibraryStepView];
const start = '2026-03-02';
const time = { start, end: '2026-04-13', timeZone: 'America/New_York', now: '2026-03-01T15:00:00.000Z' };

describe('a step as it is entered', () => {
  it('is the library’s while nothing was entered', () => {
    expect(tailoredFrom(notice, {}, start)).toEqual({});
    expect(changedWords(notice, {}, start)).toEqual([]);
    expect(entryProblems(notice, {}, time)).toEqual([]);
    expect(shownEntries(notice, {}, start)).toMatchObject({ count: '3', from: start, until: '2026-03-16', by: '' });
    expect(scheduleFrom(tell, {}, start)).toEqual({ type: 'once-within', days: 4 });
  });

  it('has words that go with its number, and takes over only what is different', () => {
    expect(tailoredFrom(notice, { count: '2' }, start)).toEqual({
      schedule: {
        ...{ type: 'event', event: 'team meeting', text: 'next two team meetings', count: 2 },
        window: { start, end: '2026-03-16' },
      },
    });
    const own = shownEntries(notice, { count: '2' }, start);
    expect(own.title).toBe('Notice what happens in two meetings');
    expect(tailoredFrom(notice, { title: ` ${notice.title} `, instructions: notice.instructions }, start)).toEqual({});
    expect(tailoredFrom(notice, { count: '2', title: own.title }, start)).not.toHaveProperty('title');
    expect(tailoredFrom(notice, { title: 'Just notice' }, start)).toEqual({ title: 'Just notice' });
    expect(tailoredFrom(notice, { omit: true, title: 'x' }, start)).toEqual({ omit: true });
  });

  it.each<[LibraryStepView, StepEntries, readonly string[]]>([
    [notice, { count: '2' }, ['how many']],
    [notice, { until: '2026-03-20' }, ['dates']],
    [
      notice,
      { count: '4', from: '2026-03-04', title: 'Notice', instructions: 'Look' },
      ['how many', 'dates', 'title', 'what to do'],
    ],
    [notice, { count: '3' }, []],
    [tell, { by: '2026-03-20' }, ['dates']],
    [tell, { by: '', title: tell.title }, []],
  ])('says what was changed: %#', (step, entries, words) => {
    expect(changedWords(step, entries, start)).toEqual(words);
  });

  it.each<[LibraryStepView, StepEntries, string, string]>([
    [notice, { count: '' }, 'count', 'A whole number, from 1 to 100.'],
    [notice, { count: '0' }, 'count', 'A whole number, from 1 to 100.'],
    [notice, { count: '2.5' }, 'count', 'A whole number, from 1 to 100.'],
    [notice, { count: '101' }, 'count', 'A whole number, from 1 to 100.'],
    [notice, { from: '' }, 'from', 'Please choose a day.'],
    [notice, { until: '' }, 'until', 'Please choose a day.'],
    [notice, { from: '2026-03-10', until: '2026-03-09' }, 'until', 'This day is before the window starts.'],
    [notice, { from: '2026-05-01', until: '2026-05-09' }, 'from', 'This day is after the plan ends.'],
    [notice, { from: '2026-02-01', until: '2026-03-01' }, 'until', 'This day is before the plan starts.'],
    [tell, { by: '2026-03-01' }, 'by', 'This day is before the plan starts.'],
    [tell, { by: '2026-04-14' }, 'by', 'This day is after the plan ends.'],
    [tell, { title: '  ' }, 'title', 'The step needs a title.'],
    [tell, { instructions: '' }, 'instructions', 'The patient needs to read what to do.'],
  ])('says what of it has to be put right: %#', (step, entries, field, problem) => {
    expect(entryProblems(step, entries, time)).toEqual([{ field, problem }]);
    expect(entryProblems(step, { ...entries, omit: true }, time)).toEqual([]);
  });

  it('that lies in the past is told as that', () => {
    const past = { ...time, start: '2026-02-01', now: '2026-03-10T15:00:00.000Z' };
    expect(entryProblems(tell, { by: '2026-03-09' }, past)).toEqual([
      { field: 'by', problem: 'This day is in the past.' },
    ]);
  });
});

it.each([
  ['assignments[1].schedule.by', { key: '4a', field: 'by' }],
  ['assignments[0].schedule.window.end', { key: '1', field: 'until' }],
  ['assignments[0].unlock.criterion.count', { key: '1', field: undefined }],
  ['tailor.4a.title', { key: '4a', field: 'title' }],
  ['tailor.4a.schedule.window.start', { key: '4a', field: 'from' }],
  ['tailor.4a.form.own.targets[1].text', { key: '4a', field: 'form' }],
  ['tailor.steps.4a.omit', { key: '4a', field: undefined }],
  ['tailor.9.title', undefined],
  ['assignments[7].title', undefined],
  ['period.end', undefined],
  [undefined, undefined],
])('the service’s %s is an entry of a step', (path, entry) => {
  expect(entryAt(path, ['1', '4a'])).toEqual(entry);
});
