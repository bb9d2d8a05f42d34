import { describe, expect, it } from 'vitest';
import { standings } from '../../smart-app/src/words/landing-words.ts';
import { type StandsSo, standingWords } from '../../smart-app/src/words/standing-words.ts';
import { isWaitingFor, type RowReason } from '../../src/homework/ledger/row-reason.ts';
import { artefacts } from '../../src/homework/model.ts';
import { landings } from '../../src/landing/vendor-traits.ts';
import { ledgerStates } from '../../src/record/ledger/ledger-row.ts';
import { everyReason } from '../homework/ledger/sample-reasons.ts';

const moment = { now: '2026-03-05T15:00:00.000Z', place: { timeZone: 'America/New_York', language: 'en-GB' } };
const log: StandsSo = {
  artefact: 'log',
  state: 'landed',
  landing: 'note',
  reason: null,
  waitingFor: null,
  because: null,
  waitingSince: null,
  landedAt: null,
};
type Case = Partial<StandsSo> & { readonly why?: RowReason };
/** As the API tells a reason: by one of two names. */
const coded = ({ why, ...of }: Case): StandsSo => ({
  ...log,
  ...of,
  ...(why === undefined ? {} : isWaitingFor(why) ? { waitingFor: why } : { because: why }),
});
const say = (of: Case) => standingWords(coded(of), moment).words;
const since = '2026-03-03T14:00:00.000Z';

describe('where something stands, for a clinician', () => {
  it('is a plain sentence in every state, by every landing, for every artefact, whatever the reason', () => {
    const jargon = /\b(token|scope|HTTP|40[0-9]|202|encounterRule|DocumentReference|native|app-only|delegated|null)\b/;
    const whys = [undefined, ...everyReason, { code: 'of-tomorrow' } as never];
    let said = 0;
    for (const state of ledgerStates) {
      for (const landing of [...landings, null, 'of-tomorrow']) {
        for (const artefact of artefacts) {
          for (const why of whys) {
            // of what was withdrawn without a code the reason is a person's own words
            const reason = state === 'withdrawn' ? 'The chart has it on paper.' : 'a sentence for analysts, of a scope';
            const { words, mark } = standingWords(
              coded({ state, landing, artefact, reason, ...(why === undefined ? {} : { why }) }),
              moment,
            );
            expect(words).toMatch(/^[A-Z][^.]*[^.\s]\.$/);
            expect(`${mark}: ${words}`).not.toMatch(jargon);
            said += 1;
          }
        }
      }
    }
    expect(said).toBe(8 * 9 * ledgerStates.length * (everyReason.length + 2));
  });

  it.each([
    [{ landing: 'native' }, 'In the chart as an entry of its own, filed Tue 3 Mar.'],
    [{ landing: 'questionnaire-response' }, 'In the chart as a completed questionnaire, filed Tue 3 Mar.'],
    [{ artefact: 'measure', landing: 'observation' }, 'In the chart among the measurements, filed Tue 3 Mar.'],
    [{ landing: 'note' }, 'In the chart, in the note of Tue 3 Mar.'],
    [{ landing: 'communication' }, 'In the chart, in the message of Tue 3 Mar.'],
    [{ artefact: 'report', landing: 'note' }, 'In the chart as a note of Tue 3 Mar.'],
    [{ artefact: 'report', landing: 'communication' }, 'In the chart as a message of Tue 3 Mar.'],
    [{ artefact: 'feedback', landing: 'communication' }, 'In the chart as a message of Tue 3 Mar.'],
    [{ artefact: 'safety', landing: 'note' }, 'In the chart as a note of Tue 3 Mar.'],
    [{ artefact: 'plan', landing: 'app-only' }, 'Only here: this EHR takes no homework plans from Intersession.'],
    [
      { artefact: 'assignment', landing: 'app-only', why: { code: 'app-only' } },
      'Only here: this EHR takes no homework tasks from Intersession.',
    ],
    [
      { artefact: 'feedback', landing: 'app-only', why: { code: 'app-only' }, bySite: true },
      'Only here: your organisation keeps messages out of this chart.',
    ],
    [{ landing: 'native', many: true, landedAt: null }, 'In the chart, each as an entry of its own.'],
    [{ artefact: 'feedback', landing: 'communication', many: true }, 'In the chart, each as a message of Tue 3 Mar.'],
    [
      { state: 'waiting', why: { code: 'patient', standing: 'inactive' }, older: true },
      'Waiting until the EHR holds this patient as active again; an older state is in the chart.',
    ],
    [{ state: 'pending', older: true }, 'On its way to the chart; an older state is in the chart.'],
    [
      { artefact: 'measure', landing: 'app-only', why: { code: 'no-row' } },
      'Only here: this EHR has no place for this measurement.',
    ],
    [
      {
        artefact: 'safety',
        landing: 'app-only',
        why: { code: 'other-channels', type: 'Flag', channels: ['Communication'] },
      },
      'Goes into the chart in another form.',
    ],
  ] as const)('that has landed %j', (of, words) => {
    expect(say({ landedAt: since, ...of }).replace(/Tue,? 3 Mar/, 'Tue 3 Mar')).toBe(words);
  });

  it.each([
    [
      { landing: 'note', artefact: 'report', why: { code: 'person' } },
      'Waiting for you: it is filed when you open this patient with permission to write notes (2 days so far).',
    ],
    [
      { landing: 'observation', artefact: 'measure', why: { code: 'person' } },
      'Waiting for you: it is filed when you open this patient with permission to write measurements (2 days so far).',
    ],
    [{ landing: 'note', why: { code: 'report' } }, 'Waiting for the visit’s note to be filed (2 days so far).'],
    [
      { landing: 'communication', why: { code: 'report' } },
      'Waiting for the visit’s message to be filed (2 days so far).',
    ],
    [
      { why: { code: 'patient', standing: 'merged', survivorId: 'new-1' } },
      'Waiting: the EHR has merged this patient into another record, which your integration team has to confirm (2 days so far).',
    ],
    [
      { why: { code: 'patient', standing: 'merged' } },
      'Waiting: the EHR has merged this patient into another record, which your integration team has to confirm (2 days so far).',
    ],
    [
      { why: { code: 'patient', standing: 'gone' } },
      'Waiting: the EHR no longer has this patient; your integration team can see it (2 days so far).',
    ],
    [
      { why: { code: 'patient', standing: 'inactive' } },
      'Waiting until the EHR holds this patient as active again (2 days so far).',
    ],
    [{ why: { code: 'group' } }, 'Waiting for what it belongs to, which goes into the chart first (2 days so far).'],
    [
      { why: { code: 'plan', missing: [{ artefact: 'plan', state: 'pending' }] } },
      'Waiting for what it belongs to, which goes into the chart first (2 days so far).',
    ],
    [
      { why: { code: 'final' } },
      'Waiting until its count is final: this EHR takes only what is final (2 days so far).',
    ],
    [
      { why: { code: 'referenced', missing: [{ artefact: 'log', state: 'waiting' }] } },
      'Waiting for what it belongs to, which goes into the chart first (2 days so far).',
    ],
    [{ why: { code: 'encounter', rule: 'latest-open' } }, 'Waiting for a visit to be open in the EHR (2 days so far).'],
    [
      { why: { code: 'encounter', rule: 'next-opened' } },
      'Waiting for the next visit to be opened in the EHR (2 days so far).',
    ],
    [{ why: { code: 'encounter-choice' } }, 'Waiting until a clinician chooses its visit (2 days so far).'],
    [
      { why: { code: 'encounter-access' } },
      'Waiting for a visit, which cannot be looked up here; your integration team can see why (2 days so far).',
    ],
    // written before there were codes, or by a version of tomorrow
    [{ reason: 'for something new' }, 'Waiting; your integration team can see why (2 days so far).'],
    [{ why: { code: 'of-tomorrow' } as never }, 'Waiting; your integration team can see why (2 days so far).'],
  ] as const)('that waits %j', (of, words) => {
    expect(say({ state: 'waiting', waitingSince: since, ...of })).toBe(words);
  });

  it.each([
    [{ state: 'pending', landing: null }, 'On its way to the chart.'],
    [{ state: 'in-flight' }, 'Being sent to the chart now.'],
    [{ state: 'awaiting-review' }, 'With the EHR, where it is reviewed before it stands in the chart.'],
    [{ state: 'rejected', why: { code: 'refused' } }, 'The EHR refused it; your integration team can see why.'],
    [
      { state: 'rejected', why: { code: 'no-update', type: 'Observation', version: 1 } },
      'An earlier version is in the chart, and this EHR takes no changes to it.',
    ],
    [
      { state: 'rejected', why: { code: 'unknown-patient' } },
      'The EHR does not know this patient by that id; your integration team can see it.',
    ],
    [{ state: 'unknown' }, 'Sent, but the EHR did not confirm it; your integration team looks for it there.'],
    [
      { state: 'unknown', why: { code: 'foreign', place: 'Task/7', about: 'another-patient' } },
      'In the EHR it is about another patient; your integration team looks into it.',
    ],
    [
      { state: 'unknown', why: { code: 'place-taken', place: 'Task/7', by: 'other-patient' } },
      'In the EHR it is about another patient; your integration team looks into it.',
    ],
    [
      { state: 'unknown', why: { code: 'foreign', place: 'Task/7', about: 'nobody' } },
      'In the EHR it names no patient; your integration team looks into it.',
    ],
    [
      { state: 'unknown', why: { code: 'place-taken', place: 'Task/7', by: 'other-resource' } },
      'In the EHR something else stands in its place; your integration team looks into it.',
    ],
    [
      { state: 'waiting', landing: 'note', toRead: true, why: { code: 'person' } },
      'Waiting for somebody with permission to write notes: it is filed when they open this patient.',
    ],
    [
      { state: 'withdrawn', why: { code: 'stands-there', version: 1 } },
      'Left in the chart as it is, by decision; correct it there.',
    ],
    [{ state: 'withdrawn', why: { code: 'never-sent' } }, 'Kept out of the chart, by decision.'],
    [
      { state: 'withdrawn', reason: 'The chart has it on paper.' },
      'Kept out of the chart, by decision: The chart has it on paper.',
    ],
  ] as const)('otherwise %j', (of, words) => {
    expect(say(of)).toBe(words);
  });

  it('says no day and no age that lies ahead of the clock that the page goes by', () => {
    const ahead = '2026-11-25T10:00:00.000Z';
    expect(say({ landing: 'native', landedAt: ahead })).toBe('In the chart as an entry of its own.');
    expect(say({ state: 'waiting', why: { code: 'report' }, waitingSince: ahead })).toBe(
      'Waiting for the visit’s note to be filed.',
    );
  });

  it('tells several that stand alike as one: the longest wait, the last filing', () => {
    const row = (state: StandsSo['state'], at: string) => ({
      ...{ artefact: 'log', id: at, state, landing: 'note', reason: null, waitingFor: null, because: null },
      ehrReference: null,
      ...(state === 'landed' ? { landedAt: at, waitingSince: null } : { waitingSince: at, landedAt: null }),
    });
    const rows = [
      row('landed', '2026-03-01T10:00:00.000Z'),
      row('landed', since),
      row('waiting', since),
      row('waiting', '2026-03-01T10:00:00.000Z'),
    ] as Parameters<typeof standings>[0];
    expect(standings(rows, { barriers: [] })).toMatchObject([
      { state: 'waiting', count: 2, waitingSince: '2026-03-01T10:00:00.000Z' },
      { state: 'landed', count: 2, landedAt: since },
    ]);
  });
});
