import { describe, expect, it } from 'vitest';
import { standings } from '../../smart-app/src/words/landing-words.ts';
import { type StandsSo, standingWords } from '../../smart-app/src/words/standing-words.ts';
import { NOTE_REASON, PERSON_REASON } from '../../src/delivery/decide-sending.ts';
import { findEncounter } from '../../src/delivery/find-encounter.ts';
import { ORPHAN_REASON } from '../../src/delivery/plan-sending.ts';
import { reasonOf } from '../../src/delivery/verify-patient.ts';
import { artefacts } from '../../src/homework/model.ts';
import { landings } from '../../src/landing/vendor-traits.ts';
import { ledgerStates } from '../../src/record/ledger/ledger-row.ts';

const moment = { now: '2026-03-05T15:00:00.000Z', place: { timeZone: 'America/New_York', language: 'en-GB' } };
const log: StandsSo = {
  artefact: 'log',
  state: 'landed',
  landing: 'note',
  reason: null,
  waitingSince: null,
  landedAt: null,
};
const say = (of: Partial<StandsSo>) => standingWords({ ...log, ...of }, moment).words;
const since = '2026-03-03T14:00:00.000Z';

describe('where something stands, for a clinician', () => {
  it('is a plain sentence in every state, by every landing, for every artefact, whatever the reason', () => {
    const jargon = /\b(token|scope|HTTP|40[0-9]|202|encounterRule|DocumentReference|native|app-only|delegated|null)\b/;
    const reasons = [null, PERSON_REASON, NOTE_REASON, ORPHAN_REASON, 'something of tomorrow with a scope'];
    let said = 0;
    for (const state of ledgerStates) {
      for (const landing of [...landings, null, 'of-tomorrow']) {
        for (const artefact of artefacts) {
          // of what was withdrawn the reason is a person's own words
          for (const reason of state === 'withdrawn' ? [null, 'The chart has it on paper.'] : reasons) {
            const { words, mark } = standingWords({ ...log, state, landing, artefact, reason }, moment);
            expect(words).toMatch(/^[A-Z][^.]*[^.\s]\.$/);
            expect(`${mark}: ${words}`).not.toMatch(jargon);
            said += 1;
          }
        }
      }
    }
    expect(said).toBe(8 * 9 * (ledgerStates.length * 5 - 3));
  });

  it.each([
    [{ landing: 'native' }, 'In the chart as an entry of its own, filed Tue 3 Mar.'],
    [{ landing: 'questionnaire-response' }, 'In the chart as a completed questionnaire, filed Tue 3 Mar.'],
    [{ artefact: 'measure', landing: 'observation' }, 'In the chart among the measurements, filed Tue 3 Mar.'],
    [{ landing: 'note' }, 'In the chart, told in the note for the visit, filed Tue 3 Mar.'],
    [{ landing: 'communication' }, 'In the chart, told in the message for the visit, filed Tue 3 Mar.'],
    [{ artefact: 'report', landing: 'note' }, 'In the chart as a note, filed Tue 3 Mar.'],
    [{ artefact: 'report', landing: 'communication' }, 'In the chart as a message, filed Tue 3 Mar.'],
    [{ artefact: 'feedback', landing: 'communication' }, 'In the chart as a message, filed Tue 3 Mar.'],
    [{ artefact: 'safety', landing: 'note' }, 'In the chart as a note, filed Tue 3 Mar.'],
    [{ artefact: 'plan', landing: 'app-only' }, 'Stays in this app: this EHR takes no homework plans.'],
    [
      { artefact: 'measure', landing: 'app-only', reason: 'no row is built for its code here' },
      'Stays in this app: this EHR has no place for this measurement.',
    ],
    [
      { artefact: 'safety', landing: 'app-only', reason: 'this EHR takes no Flag; the signal goes by Communication' },
      'Goes into the chart in another form.',
    ],
  ] as const)('that has landed %j', (of, words) => {
    expect(say({ landedAt: since, ...of }).replace(/Tue,? 3 Mar/, 'Tue 3 Mar')).toBe(words);
  });

  it.each([
    [
      { landing: 'note', artefact: 'report', reason: PERSON_REASON },
      'Waits for you: it is filed when you open this patient with permission to write notes (2 days so far).',
    ],
    [
      { landing: 'observation', artefact: 'measure', reason: PERSON_REASON },
      'Waits for you: it is filed when you open this patient with permission to write measurements (2 days so far).',
    ],
    [{ landing: 'note', reason: NOTE_REASON }, 'Goes into the next note for the chart (2 days so far).'],
    [{ landing: 'communication', reason: NOTE_REASON }, 'Goes into the next message for the chart (2 days so far).'],
    [
      { reason: reasonOf({ state: 'merged', survivorId: 'new-1' }) },
      'Waits: the EHR has merged this patient into another record, which your integration team has to confirm (2 days so far).',
    ],
    [
      { reason: reasonOf({ state: 'merged' }) },
      'Waits: the EHR has merged this patient into another record, which your integration team has to confirm (2 days so far).',
    ],
    [
      { reason: reasonOf({ state: 'gone' }) },
      'Waits: the EHR no longer has this patient; your integration team can see it (2 days so far).',
    ],
    [
      { reason: reasonOf({ state: 'inactive' }) },
      'Waits until the EHR holds this patient as active again (2 days so far).',
    ],
    [{ reason: ORPHAN_REASON }, 'Waits for what it belongs to, which goes into the chart first (2 days so far).'],
    [
      { reason: 'for its plan (pending) to land first' },
      'Waits for what it belongs to, which goes into the chart first (2 days so far).',
    ],
    [
      { reason: 'preliminary: it is filed once it is final' },
      'Waits until its count is final: this EHR takes only what is final (2 days so far).',
    ],
    [{ reason: 'for something new' }, 'Waits; your integration team can see why (2 days so far).'],
  ] as const)('that waits %j', (of, words) => {
    expect(say({ state: 'waiting', waitingSince: since, ...of })).toBe(words);
  });

  it.each([
    ['latest-open', 'Waits for an open encounter (2 days so far).'],
    ['next-opened', 'Waits for the next encounter to be opened (2 days so far).'],
    ['ask', 'Waits until a clinician chooses its encounter (2 days so far).'],
  ] as const)('that waits by the encounter rule %s, as delivery words it', async (rule, words) => {
    const none = { search: async () => ({ ok: true as const, resources: [] }) };
    const choice = await findEncounter(none as never, rule, {
      patientId: 'sarah',
      since: new Date(since),
      timeZone: 'UTC',
    });
    const reason = 'waits' in choice ? choice.waits : '';
    expect(say({ state: 'waiting', landing: 'note', artefact: 'report', reason, waitingSince: since })).toBe(words);
  });

  it.each([
    [{ state: 'pending', landing: null }, 'On its way to the chart.'],
    [{ state: 'in-flight' }, 'Being sent to the chart now.'],
    [{ state: 'awaiting-review' }, 'With the EHR, where it is reviewed before it stands in the chart.'],
    [
      { state: 'rejected', reason: 'the EHR refused it as it is; see its words' },
      'The EHR refused it; your integration team can see why.',
    ],
    [
      { state: 'rejected', reason: 'the EHR takes no update of Observation; version 1 stands there' },
      'An earlier version is in the chart, and this EHR takes no changes to it.',
    ],
    [
      { state: 'rejected', reason: 'the EHR has no patient with this id; nothing was sent. Check the id, then retry' },
      'The EHR does not know this patient by that id; your integration team can see it.',
    ],
    [{ state: 'unknown' }, 'Sent, but the EHR did not confirm it; your integration team looks for it there.'],
    [
      { state: 'withdrawn', reason: 'version 1 already stands in the EHR; correct it there' },
      'Left in the chart as it is, by decision; correct it there.',
    ],
    [{ state: 'withdrawn', reason: 'withdrawn before it was sent' }, 'Kept out of the chart, by decision.'],
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
    expect(say({ state: 'waiting', reason: NOTE_REASON, waitingSince: ahead })).toBe(
      'Goes into the next note for the chart.',
    );
  });

  it('tells several that stand alike as one: the longest wait, the last filing', () => {
    const row = (state: StandsSo['state'], at: string) => ({
      ...{ artefact: 'log', id: at, state, landing: 'note', reason: null, ehrReference: null },
      ...(state === 'landed' ? { landedAt: at, waitingSince: null } : { waitingSince: at, landedAt: null }),
    });
    const rows = [
      row('landed', '2026-03-01T10:00:00.000Z'),
      row('landed', since),
      row('waiting', since),
      row('waiting', '2026-03-01T10:00:00.000Z'),
    ] as Parameters<typeof standings>[0];
    expect(standings(rows)).toMatchObject([
      { state: 'waiting', count: 2, waitingSince: '2026-03-01T10:00:00.000Z' },
      { state: 'landed', count: 2, landedAt: since },
    ]);
  });
});
