import { describe, expect, it } from 'vitest';
import { hideDraft, isDraft, stopDraft } from '../../../src/homework/log/draft.ts';
import { isFinished, type LogStatus, logResolutions, logStatuses } from '../../../src/homework/log/log.ts';
import { aRecord, feb } from '../report/report-state.ts';

describe('a log, by its status', () => {
  it.each<[LogStatus, { readonly draft: boolean; readonly finished: boolean }]>([
    ['in-progress', { draft: true, finished: false }],
    ['completed', { draft: false, finished: true }],
    ['amended', { draft: false, finished: true }],
    ['stopped', { draft: false, finished: false }],
    ['entered-in-error', { draft: false, finished: false }],
  ])('%s', (status, { draft, finished }) => {
    expect([isDraft({ status }), isFinished({ status })]).toEqual([draft, finished]);
    expect(isDraft({ status, unsent: true })).toBe(true);
    const log = aRecord({ status });
    const stopped = stopDraft(log, feb(9));
    if (status === 'in-progress')
      expect(stopped).toEqual({ ...log, status: 'stopped', unsent: true, authored: feb(9) });
    else expect(stopped).toBe(log);
  });

  it('has one of five, and one of four ways to be tied', () => {
    expect(logStatuses).toEqual(['in-progress', 'completed', 'amended', 'stopped', 'entered-in-error']);
    expect(logResolutions).toEqual(['resolved', 'late', 'ad-hoc', 'extra']);
  });
});

it('a draft that is hidden says that it was begun, and none of its words', () => {
  const log = aRecord({ status: 'in-progress', withheld: ['note'], madeBy: 'Patient/ada' });
  const hidden = hideDraft({ ...log, predicted: { at: feb(2), linkIds: ['note'] } });
  expect(hidden).toEqual({ ...log, items: [], withheld: [] });
});
