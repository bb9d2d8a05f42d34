import { describe, expect, it } from 'vitest';
import { daysOffToSend, wrongDaysOff } from '../../smart-app/src/clinician/days-off-fields.tsx';
import { firstDraft } from '../../smart-app/src/forms/first-draft.ts';
import { planChangedWords } from '../../smart-app/src/words/plan-change-words.ts';

describe('days off of a plan', () => {
  const off = (from: string, to: string, reason?: string) => ({
    from,
    to,
    ...(reason === undefined ? {} : { reason }),
  });

  it('are sent with the earliest first, and without reasons that are empty', () => {
    expect(daysOffToSend([off('2026-04-03', '2026-04-06', ' '), off('2026-03-20', '2026-03-20', ' Ill ')])).toEqual([
      { from: '2026-03-20', to: '2026-03-20', reason: 'Ill' },
      { from: '2026-04-03', to: '2026-04-06' },
    ]);
  });
  it.each([
    [[off('', '2026-03-20')], 'Please give the first and the last day off.'],
    [[off('2026-03-21', '2026-03-20')], 'The last day off is before the first one.'],
    [[off('2026-03-20', '2026-03-20')], undefined],
    [[], undefined],
  ])('%o: %s', (daysOff, problem) => {
    expect(wrongDaysOff(daysOff)).toBe(problem);
  });
  it('are told where the plan was changed', () => {
    const place = { language: 'en-US', timeZone: 'UTC' };
    const told = (to: ReturnType<typeof off>[]) => planChangedWords({ at: '', daysOff: { from: [], to } }, place);
    expect(told([off('2026-03-20', '2026-03-20'), off('2026-04-03', '2026-04-06')])).toEqual([
      'Days off: Fri, Mar 20, Fri, Apr 3 to Mon, Apr 6',
    ]);
    expect(told([])).toEqual(['Days off: none']);
  });
});

it('what is one’s own is kept to oneself from the first word on', () => {
  const start = { subject: 'a', fields: [], saveAtService: true, keptToSelf: ['text'] };
  expect(firstDraft(start, []).draft.withheld).toEqual(['text']);
  const copy = { subject: 'a', logId: 'l', answers: { text: 'Written' }, withheld: [], synced: false };
  // what was shared before stays as its writer chose
  expect(firstDraft(start, [copy]).draft.withheld).toEqual([]);
});
