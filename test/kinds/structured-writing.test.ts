import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { linkIdsOf } from '../../src/homework/log/line-words.ts';
import { riskAnswer } from '../../src/homework/safety/safety-signal.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const writing = currentOf('structured-writing');
const kept = writing.keptToSelf ?? [];

const evening = {
  ...{ 'suds-before': 40, wrote: true, minutes: 20, text: 'The road was wet and I', 'hardest-part': 'the sound' },
  ...{ 'stopped-early': false, 'suds-peak': 85, 'suds-after': 60, 'far-away': false, 'what-helped': 'A walk' },
  'safe-now': 'yes',
};

describe('structured writing', () => {
  it('tells completion and distress, and not a word of what was written', () => {
    const { lines, measures } = logged(writing, evening, kept);
    expect(lines).toEqual([
      ...['Safe now Yes', 'Wrote yes', 'Time 20 min', 'Stopped early no', 'Distress before 40, peak 85, after 60'],
      ...['Felt far away no', 'Helped: "A walk"'],
    ]);
    expect(measures).toEqual(['suds-before 40', 'writing-minutes 20 min', 'suds-peak 85', 'suds-after 60']);
  });

  it('has no line for the words even where they are shared: a report never has them', () => {
    expect(kept).toEqual(['text', 'hardest-part']);
    const read = writing.summary.flatMap((line) => linkIdsOf(line));
    for (const linkId of kept) expect(read).not.toContain(linkId);
    expect(logged(writing, evening).lines.join()).not.toMatch(/road|sound/);
  });

  it('of a bad day tells that it was stopped, and why', () => {
    const { lines } = logged(writing, {
      ...{ 'suds-before': 70, wrote: true, minutes: 4, 'stopped-early': true, 'stopped-why': 'felt-far-away' },
      ...{ 'suds-peak': 100, 'suds-after': 100, 'far-away': true, 'safe-now': 'not-sure' },
    });
    expect(lines).toEqual([
      ...['Safe now Not sure', 'Wrote yes', 'Time 4 min', 'Stopped early yes', 'Because I felt far away or not real'],
      ...['Distress before 70, peak 100, after 100', 'Felt far away yes'],
    ]);
  });

  it('takes a day without writing, and asks nothing more of it', () => {
    expect(logged(writing, { wrote: false }).lines).toEqual(['Wrote no']);
    for (const of of [{ text: 'x' }, { 'suds-peak': 40 }, { 'far-away': false }])
      expect(() => readAnswers(writing.questionnaire, { wrote: false, ...of })).toThrow('does not fit');
  });

  it.each([
    ['no', ['not-safe-now']],
    ['not-sure', ['other-concern']],
    ['yes', []],
    [undefined, []],
  ])('raises by “safe right now: %s” %j, kept to oneself or not', (safe, rules) => {
    const items = readAnswers(writing.questionnaire, { wrote: true, minutes: 5, ...(safe && { 'safe-now': safe }) });
    const raised = writing.safety?.filter((declared) => riskAnswer(items, declared));
    expect(raised?.map(({ rule }) => rule)).toEqual(rules);
  });

  it('takes an evening’s writing, and hostile text as text', () => {
    const long = { ...evening, text: 'ä'.repeat(20_000), 'what-helped': 'Tea\n</pre>Safe now No' };
    expect(logged(writing, long, kept).lines.at(-1)).toBe('Helped: "Tea </pre>Safe now No"');
    expect(() => readAnswers(writing.questionnaire, { ...evening, text: 'ä'.repeat(20_001) })).toThrow('does not fit');
  });

  it('is opened by a clinician when nothing else is said', () => {
    expect(writing.kind.defaults.unlockedByClinician).toBe(true);
    expect(writing.offers[0]).toBe('clinician-approves');
  });
});
