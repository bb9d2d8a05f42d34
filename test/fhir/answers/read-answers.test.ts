import { describe, expect, it } from 'vitest';
import { type FlatAnswers, readAnswers } from '../../../src/fhir/answers/read-answers.ts';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { currentOf } from '../../kinds/current-of.ts';
import { painDiary } from './pain-diary.ts';

const { questionnaire: monitoring } = currentOf('self-monitoring');
const place = { system: 'https://example.org/fhir/CodeSystem/place', code: 'home', display: 'Home' };

function issuesOf(run: () => unknown): readonly { linkId: string; problem: string }[] {
  try {
    run();
  } catch (error) {
    if (hasCode(error, 'invalid-answer')) return error.fields.issues;
    throw error;
  }
  return [];
}

describe('readAnswers', () => {
  it("places Sarah's first log in its groups, in the questionnaire's order", () => {
    const items = readAnswers(monitoring, {
      'suds-peak': 75,
      'belief-before': 90,
      situation: 'Team meeting',
      'self-censored': 4,
      prediction: 'they will laugh',
      'suds-before': 60,
    });
    expect(items).toEqual([
      { linkId: 'situation', answers: [{ type: 'string', value: 'Team meeting' }], items: [] },
      { linkId: 'belief-before', answers: [{ type: 'integer', value: 90 }], items: [] },
      {
        linkId: 'before',
        answers: [],
        items: [{ linkId: 'suds-before', answers: [{ type: 'integer', value: 60 }], items: [] }],
      },
      { linkId: 'prediction', answers: [{ type: 'string', value: 'they will laugh' }], items: [] },
      {
        linkId: 'during',
        answers: [],
        items: [
          { linkId: 'suds-peak', answers: [{ type: 'integer', value: 75 }], items: [] },
          { linkId: 'self-censored', answers: [{ type: 'integer', value: 4 }], items: [] },
        ],
      },
    ]);
  });

  it('reads every type', () => {
    const items = readAnswers(painDiary, {
      day: '2026-03-02',
      'woke-at': '2026-03-02T10:00:00-05:00',
      weight: 71.5,
      note: 'ok',
      place: ['home', { system: place.system, code: 'work' }],
      cause: 'rain',
      'cause-sure': false,
    });
    expect(Object.fromEntries(items.map(({ linkId, answers }) => [linkId, answers]))).toEqual({
      day: [{ type: 'date', value: '2026-03-02' }],
      'woke-at': [{ type: 'dateTime', value: '2026-03-02T15:00:00.000Z' }],
      weight: [{ type: 'decimal', value: 71.5 }],
      note: [{ type: 'string', value: 'ok' }],
      place: [
        { type: 'coding', value: place },
        { type: 'coding', value: { ...place, code: 'work', display: 'Work' } },
      ],
      cause: [{ type: 'string', value: 'rain' }],
    });
    expect(items.at(-1)?.items).toEqual([
      { linkId: 'cause-sure', answers: [{ type: 'boolean', value: false }], items: [] },
    ]);
  });

  it('takes an option of an open choice for the option', () => {
    const [item] = readAnswers(painDiary, { cause: 'sitting' });
    expect(item?.answers).toEqual([
      { type: 'coding', value: { system: place.system, code: 'sitting', display: 'Sitting' } },
    ]);
  });

  it('keeps repetitions apart by their own ids', () => {
    const items = readAnswers(painDiary, { reading: { morning: { pain: 2 }, r2: { pain: 8, relief: 'a walk' } } });
    expect(items.map(({ linkId, instance, items: inside }) => [linkId, instance, inside.length])).toEqual([
      ['reading', 'morning', 1],
      ['reading', 'r2', 2],
    ]);
  });

  it('takes null and no answers for "not answered"', () => {
    expect(readAnswers(monitoring, { 'belief-before': null, situation: [] })).toEqual([]);
  });

  it.each<[string, FlatAnswers, string, string]>([
    ['a text for a number', { 'suds-peak': '75' }, 'suds-peak', 'must be a whole number from 0 to 100'],
    ['a number out of range', { 'suds-peak': 175 }, 'suds-peak', 'must be a whole number from 0 to 100'],
    [
      'a fraction for a whole number',
      { 'self-censored': 1.5 },
      'self-censored',
      'must be a whole number from 0 to 200',
    ],
    ['two answers to one question', { 'suds-peak': [1, 2] }, 'suds-peak', 'takes one answer'],
    ['an object for a text', { situation: { text: 'x' } }, 'situation', 'must be text'],
    ['an empty text', { situation: '' }, 'situation', 'must not be empty: leave it out instead'],
    ['an answer to a group', { during: { 'suds-peak': 3 } }, 'during', 'is a group: it has no answer of its own'],
    ['an unknown item', { shoes: 43 }, 'shoes', 'is not an item of this questionnaire'],
    ['a name of the language itself', { constructor: 1 }, 'constructor', 'is not an item of this questionnaire'],
  ])('refuses %s by name', (_, answers, linkId, problem) => {
    expect(issuesOf(() => readAnswers(monitoring, answers))).toEqual([{ linkId, problem }]);
  });

  it.each<[string, FlatAnswers, string]>([
    ['a day that is none', { day: '2026-02-30' }, 'day'],
    ['half a date', { day: '2026-02' }, 'day'],
    ['a moment without its zone', { 'woke-at': '2026-03-02T10:00:00' }, 'woke-at'],
    ['an unknown option', { place: 'moon' }, 'place'],
    ['an option of another system', { place: { system: 'urn:other', code: 'home' } }, 'place'],
    ['a number below the limit', { weight: 0.4 }, 'weight'],
    ['no number at all', { weight: Number.NaN }, 'weight'],
    ['too long a note', { note: 'longer than ten' }, 'note'],
    ['a repetition that is a list', { reading: [{ pain: 2 }] }, 'reading'],
    ['a repetition with an unwieldy id', { reading: { 'a b': { pain: 2 } } }, 'reading'],
    ['an answer outside its repetition', { pain: 2 }, 'pain'],
    ['an outside answer inside a repetition', { reading: { r1: { pain: 2, day: '2026-03-02' } } }, 'day'],
  ])('refuses %s', (_, answers, linkId) => {
    expect(issuesOf(() => readAnswers(painDiary, answers)).map((issue) => issue.linkId)).toEqual([linkId]);
  });

  it('collects everything in one error, without what was answered', () => {
    const answers = { 'suds-peak': 'SECRET', nonsense: 'SECRET', 'belief-after': 300 };
    try {
      readAnswers(monitoring, answers);
      expect.unreachable();
    } catch (error) {
      expect(hasCode(error, 'invalid-answer') && error.fields.issues).toHaveLength(3);
      expect(JSON.stringify(error) + String(error)).not.toContain('SECRET');
      expect(String(error)).toContain('3 answers do not fit the questionnaire SelfMonitoring');
    }
  });

  it('asks for the required items of a complete log', () => {
    const missing = issuesOf(() => readAnswers(monitoring, { 'belief-before': 90 }, { complete: true }));
    expect(missing).toEqual([{ linkId: 'situation', problem: 'must be answered' }]);
  });
});
