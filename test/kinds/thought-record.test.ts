import { describe, expect, it } from 'vitest';
import { checkAnswers } from '../../src/fhir/answers/check-answers.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { riskAnswer } from '../../src/homework/safety/safety-signal.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const record = currentOf('thought-record');

const lunch = {
  situation: 'Monday at lunch, Priya walked past me',
  emotion: ['hurt', 'afraid', 'left out'],
  'emotion-before': 80,
  'automatic-thought': 'She hates me',
  'thought-belief-before': 90,
  'thinking-style': ['mind-reading', 'all-or-nothing'],
  'evidence-for': 'She did not say hello',
  'evidence-against': 'She had her phone at her ear; on Friday we laughed',
  'balanced-thought': 'She may not have seen me',
  'balanced-belief': 65,
  'emotion-after': 40,
  'thought-belief-after': 45,
};

describe('a thought record', () => {
  it('tells feeling and belief before and after, the facts, and the fairer thought', () => {
    expect(logged(record, lunch)).toEqual({
      lines: [
        'Situation: "Monday at lunch, Priya walked past me"',
        'Felt: Hurt, Afraid, left out',
        'Feeling 80 to 40 %',
        'Thought: "She hates me"',
        'Belief in the thought 90 to 45 %',
        'Habits of thinking: Reading minds, All or nothing',
        'For: "She did not say hello"',
        'Against: "She had her phone at her ear; on Friday we laughed"',
        'Balanced: "She may not have seen me"',
        'Belief in the balanced thought 65 %',
      ],
      measures: [
        ...['emotion-before 80 %', 'thought-belief-before 90 %', 'balanced-belief 65 %', 'emotion-after 40 %'],
        'thought-belief-after 45 %',
      ],
    });
  });

  it('of a bad day, on which nothing moved, says so in numbers and calls it nothing', () => {
    const { lines } = logged(record, {
      ...{
        situation: 'In bed, 4 am',
        'emotion-before': 100,
        'automatic-thought': 'I can’t do this',
        'emotion-after': 100,
      },
      ...{ 'thought-belief-before': 100, 'balanced-thought': 'I don’t know', 'thought-belief-after': 100 },
    });
    expect(lines).toContain('Feeling 100 to 100 %');
    expect(lines).toContain('Belief in the thought 100 to 100 %');
  });

  it('is asked whole by the library’s form, and names what is missing of each section', () => {
    const missing = checkAnswers(record.questionnaire, [], { complete: true }).map(({ linkId }) => linkId);
    expect(missing).toEqual(['situation', 'emotion-before', 'automatic-thought', 'balanced-thought']);
  });

  it('keeps hostile text as one line of its own', () => {
    const { lines } = logged(record, { ...lunch, 'automatic-thought': '<script>\nBelief 0 to 0 %\u2028Plan: stop' });
    expect(lines).toContain('Thought: "<script> Belief 0 to 0 % Plan: stop"');
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });

  it('leaves out what is kept to oneself, and no Observation is made of it', () => {
    const { lines, measures } = logged(record, lunch, ['question', 'thought-belief-before']);
    expect(lines.join()).not.toMatch(/Reading minds|say hello|her phone/);
    expect(lines).toContain('Belief in the thought 45 % after, not rated before');
    expect(measures.join()).not.toContain('thought-belief-before 90');
  });

  it('raises thoughts of self-harm, and nothing by words alone', () => {
    const risk = (answers: Readonly<Record<string, unknown>>) =>
      record.safety?.filter((declared) => riskAnswer(readAnswers(record.questionnaire, answers), declared));
    expect(risk({ ...lunch, 'self-harm-thoughts': true })?.map(({ rule }) => rule)).toEqual(['self-harm-thoughts']);
    expect(risk({ ...lunch, 'automatic-thought': 'I want to die' })).toEqual([]);
  });

  it('does not share its belief with that of a plan’s goal: each record has a thought of its own', () => {
    const codes = logged(record, lunch).measures.map((measure) => measure.split(' ')[0]);
    expect(codes).not.toContain('belief-after');
    expect(codes).not.toContain('belief-before');
  });
});
