import { describe, expect, it } from 'vitest';
import { outcomeCodes, type RowReason, waitingCodes } from '../../../src/homework/ledger/row-reason.ts';
import { ledgerView } from '../../../src/http/api/ledger-view.ts';
import { becauseShape, waitingForShape } from '../../../src/http/api/reason-shapes.ts';
import { sayReason } from '../../../src/http/api/reason-words.ts';
import { everyReason, sampleReasons } from '../../homework/ledger/sample-reasons.ts';

describe('why a ledger row stands as it does, as the API answers it', () => {
  it.each(everyReason)('$code is said in words, and by one code of the shape that is promised', (why) => {
    const { reason, waitingFor, because } = ledgerView({ why, words: null });
    expect(reason).toMatch(/^[A-Za-z][^\n]{10,}[^.\s]$/);
    expect(reason).not.toMatch(/undefined|null|object Object/);
    const waits = (waitingCodes as readonly string[]).includes(why.code);
    expect([waitingFor, because]).toEqual(waits ? [why, null] : [null, why]);
    expect((waits ? waitingForShape : becauseShape).parse(why)).toEqual(why);
  });

  it('knows every code, each by words of its own', () => {
    expect(Object.keys(sampleReasons).sort()).toEqual([...waitingCodes, ...outcomeCodes].sort());
    const said = everyReason.map((why) => sayReason(why));
    expect(new Set(said).size).toBe(said.length);
  });

  it.each<[RowReason, string]>([
    [{ code: 'report' }, 'goes into the next between-session report'],
    [{ code: 'encounter', rule: 'latest-open' }, 'for an open encounter of this patient (encounterRule latest-open)'],
    [
      {
        code: 'plan',
        missing: [
          { artefact: 'plan', state: 'pending' },
          { artefact: 'occurrence', state: 'unknown' },
        ],
      },
      'for its plan (pending), occurrence (unknown) to land first',
    ],
    [
      { code: 'patient', standing: 'merged', survivorId: 'new-1' },
      'for a person: the EHR has merged this patient into Patient/new-1; nothing is sent until somebody of the integration team has confirmed it',
    ],
    [
      { code: 'patient', standing: 'merged' },
      'the EHR answers for this patient with another record and does not say with whose alone; nothing is sent until somebody of the integration team has confirmed it',
    ],
    [
      { code: 'ehr', status: 302, sendsTo: 'login.example' },
      "it waits until the EHR answers: HTTP 302 without a type, not the EHR's answer, which sends to login.example",
    ],
    [
      { code: 'under-way', sentAt: '2026-03-02T15:00:01.500Z', until: '2026-03-02T15:02:01.500Z' },
      'sent at 2026-03-02T15:00:01Z at the latest, without a clear answer, and it may still be under way: it is looked for until 2026-03-02T15:02:01Z, then once more before it is sent again',
    ],
    [
      { code: 'lost', place: null, searchable: false },
      'the EHR took it and did not say where, and it is not found; and no search here can tell; it is not sent again unless a person says that it is not there',
    ],
    [
      { code: 'no-update', type: 'Task', place: 'Task/7' },
      'an older version stands as Task/7 and the EHR takes no update of Task',
    ],
    [{ code: 'no-update', type: 'Task', version: 2 }, 'the EHR takes no update of Task; version 2 stands there'],
  ])('%j reads as it always has', (why, words) => {
    expect(sayReason(why)).toBe(words);
  });

  it('leaves words that are somebody’s own as they are, and says nothing of a code that it does not know', () => {
    const withdrawn = { why: null, words: 'The chart has it on paper' };
    expect(ledgerView(withdrawn)).toEqual({ reason: 'The chart has it on paper', waitingFor: null, because: null });
    const kept = ledgerView({ why: { code: 'app-only' }, words: 'CarePlan cannot be created here.' });
    expect(kept).toEqual({
      reason: 'CarePlan cannot be created here.',
      waitingFor: null,
      because: { code: 'app-only' },
    });
    const tomorrow = { code: 'of-tomorrow' } as never;
    expect(sayReason(tomorrow)).toBeNull();
  });
});
