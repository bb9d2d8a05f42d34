import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dueWords, fromWallClock, toWallClock, writeTime } from '../../smart-app/src/words/dates.ts';
import { standingSentence, standings } from '../../smart-app/src/words/landing-words.ts';
import { isForIntegration, launchProblemWords } from '../../smart-app/src/words/launch-problem-words.ts';
import { unlockWords } from '../../smart-app/src/words/unlock-words.ts';
import type { LedgerView } from '../../src/contract/app/plan-view.ts';
import { dayOf, dueDay } from '../../src/homework/schedule/day-end.ts';
import { noEnd } from '../../src/homework/schedule/schedule-of.ts';

const place = { timeZone: 'America/New_York', language: 'en-US' };

describe('times in the patient’s own zone', () => {
  it('are written with their weekday', () => {
    expect(writeTime('2026-03-02T15:00:00.000Z', place)).toBe('Mon, Mar 2, 10:00 AM');
    expect(writeTime('2026-03-09T14:00:00.000Z', { ...place, language: 'en-GB' })).toMatch(
      /^Mon,? 9 Mar,? (at )?10:00$/,
    );
  });

  it.each([
    ['2026-03-02T15:00:00.000Z', '2026-03-02T10:00'],
    ['2026-03-09T14:00:00.000Z', '2026-03-09T10:00'],
    ['2026-11-01T06:30:00.000Z', '2026-11-01T01:30'],
    ['2026-07-01T03:59:00.000Z', '2026-06-30T23:59'],
  ])('go to the wall clock and back: %s', (instant, wallClock) => {
    expect(toWallClock(instant, place.timeZone)).toBe(wallClock);
    const back = fromWallClock(wallClock, place.timeZone);
    expect(toWallClock(back ?? '', place.timeZone)).toBe(wallClock);
  });

  it('makes a time that summer time leaves out a real one, and nothing of nonsense', () => {
    expect(fromWallClock('2026-03-08T02:30', place.timeZone)).toMatch(/^2026-03-08T0[67]:30:00.000Z$/);
    expect(fromWallClock('tomorrow', place.timeZone)).toBeUndefined();
  });

  it('ends a day of homework at four in the morning', () => {
    expect(dayOf('2026-03-24T07:59:00.000Z', place.timeZone)).toBe('2026-03-23');
    expect(dayOf('2026-03-24T08:00:00.000Z', place.timeZone)).toBe('2026-03-24');
    expect(dueDay('2026-03-24T08:00:00.000Z', place.timeZone)).toBe('2026-03-23');
  });

  it.each([
    ['2026-03-23T13:00:00.000Z', 'due today'],
    ['2026-03-24T07:00:00.000Z', 'due today'],
    ['2026-03-22T13:00:00.000Z', 'due tomorrow'],
    ['2026-03-20T13:00:00.000Z', 'due by Mon, Mar 23'],
    ['2026-03-24T08:00:00.000Z', 'was due Mon, Mar 23'],
  ])('says at %s: %s', (now, words) => {
    expect(dueWords('2026-03-24T08:00:00.000Z', now, place)).toBe(words);
  });
  it('says of what ends at no time that is known, and of nothing else', () => {
    expect(dueWords(noEnd, '2026-03-20T13:00:00.000Z', place)).toBe('no day set');
    expect(dueWords('9999-12-30T05:00:00.000Z', '2026-03-20T13:00:00.000Z', place)).toMatch(/^due by /);
  });
});

describe('rules and places in words', () => {
  it('says what opens a step', () => {
    expect(unlockWords({ type: 'after', after: '1', criterion: { type: 'logs-done', count: 3 } }, place)).toBe(
      'Opens once step 1 has been logged 3 times',
    );
    expect(unlockWords({ type: 'after', after: '3', criterion: { type: 'behaviour-done' } }, place)).toBe(
      'Opens once step 3 has been done',
    );
    expect(
      unlockWords(
        { type: 'after', after: '2', criterion: { type: 'measure-fell', linkId: 'suds-peak', by: 20 } },
        place,
      ),
    ).toBe('Opens once “SUDS peak” in step 2 has fallen by 20');
    // as days are written where the plan is carried out
    const onADay = { type: 'on-date', date: '2026-03-09' } as const;
    expect(unlockWords(onADay, place)).toBe('Opens on Mon, Mar 9');
    expect(unlockWords(onADay, { ...place, language: 'en-GB' })).toBe('Opens on Mon 9 Mar');
  });

  const row = (state: LedgerView['state'], landing = 'note'): LedgerView => ({
    artefact: 'log',
    id: state,
    state,
    landing,
    reason: null,
    waitingFor: null,
    because: null,
    ehrReference: null,
    waitingSince: null,
    landedAt: null,
  });

  it('counts what is in the chart, under way, stuck, and only here', () => {
    const rows = [
      ...[row('landed'), row('landed'), row('pending'), row('waiting'), row('waiting')],
      ...[row('rejected'), row('withdrawn', 'app-only')],
    ];
    expect(standingSentence(rows)).toBe(
      '2 of 6 entries are in the chart; 1 on its way; 2 wait; 1 needs a look; 1 kept only in Intersession.',
    );
    expect(standingSentence([row('landed')])).toBe('Everything that this chart can hold is in it.');
    const before = { landedAt: '2026-03-26T14:00:00.000Z', ehrReference: 'Task/7' };
    const older = { ...row('waiting', 'native'), ...before };
    expect(standingSentence([{ ...row('landed'), ...before }, older, older])).toBe(
      '1 of 3 entries is in the chart as it is now; 2 are there in an older state; 2 wait.',
    );
    // refused once more, and never sent: nothing of it stands there
    expect(standingSentence([row('landed'), { ...row('rejected'), ehrReference: 'Task/7' }])).toBe(
      '1 of 2 entries is in the chart; 1 needs a look.',
    );
    const elsewhere = {
      ...row('landed', 'app-only'),
      artefact: 'safety',
      because: { code: 'other-channels', type: 'Flag', channels: ['Task'] },
    } as const;
    expect(standingSentence([row('landed'), elsewhere])).toBe('Everything that this chart can hold is in it.');
    expect(standings(rows, { barriers: [] })[0]?.state).toBe('rejected');
    expect(standings(rows, { barriers: [] }).find(({ state }) => state === 'landed')?.count).toBe(2);
  });

  it('has its own page for each thing that can go wrong at a launch', () => {
    const codes = [
      'unknown-issuer',
      'launch-without-patient',
      'consent-denied',
      'state-replayed',
      'code-replayed',
      'id-token-invalid',
      'answer-issuer-invalid',
      'foreign-user',
      'ehr-unreachable',
      ...['ehr-unfit', 'ehr-answer-unusable', 'app-not-registered', 'scopes-refused', 'ehr-refused', 'unusable-id'],
      'role-unknown',
      'session-expired',
      'launch-mismatch',
    ];
    const titles = codes.map((code) => launchProblemWords(code).title);
    expect(new Set(titles).size).toBe(codes.length);
    expect(titles).not.toContain(launchProblemWords('something-unforeseen').title);
  });
});

describe('an EHR that refuses', () => {
  it.each([...['app-not-registered', 'scopes-refused', 'ehr-refused', 'ehr-unfit', 'answer-issuer-invalid']])(
    'as %s is no fault of ours',
    (code) => {
      const { title, what, todo } = launchProblemWords(code);
      expect(`${title} ${what} ${todo}`).not.toMatch(/on our side|could not reach|does not answer/);
      expect(todo).toMatch(/integration team|look after Intersession/);
      expect(isForIntegration(code)).toBe(true);
    },
  );
});

describe('the words of the app', () => {
  const root = join(import.meta.dirname, '..', '..', 'smart-app', 'src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

  it('never call anything a person did failed', () => {
    const saying = files.filter((name) => /\bfail(ed|ure|s)?\b/i.test(readFileSync(join(root, name), 'utf8')));
    expect(saying).toEqual([]);
  });
});
