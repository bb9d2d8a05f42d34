import type { QuestionnaireItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { bandOf } from '../../src/homework/log/band-of.ts';
import { changeWords } from '../../src/homework/log/change-of.ts';
import { measuresOf } from '../../src/homework/log/measures-of.ts';
import { scoreOf } from '../../src/homework/log/score-of.ts';
import type { AnswerItem, AnswerValue } from '../../src/homework/model.ts';
import { canonicalOf } from '../../src/kinds/canonical-of.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { withForm } from '../../src/kinds/with-form.ts';
import cases from '../fixtures/instruments/score-cases.json' with { type: 'json' };

interface Case {
  readonly answers: string;
  readonly total: number | null;
  readonly band: string | null;
}
const made: readonly (readonly [string, readonly Case[]])[] = Object.entries(cases);

/** What is asked of a patient, of an instrument: its own items, without what names the event or how hard it all is. */
function itemsOf(slug: string): readonly QuestionnaireItem[] {
  const { questionnaire } = currentVersion(registeredKinds.kind(slug));
  const besides = ['event', 'difficulty'];
  return (questionnaire.item ?? []).filter(({ type, linkId }) => type !== 'display' && !besides.includes(linkId));
}

function scoresOf(slug: string) {
  const { questionnaire, scores = [] } = currentVersion(registeredKinds.kind(slug));
  return withForm(scores, questionnaire);
}

function answered(slug: string, answers: string): readonly AnswerItem[] {
  return itemsOf(slug).flatMap((item, index) => {
    const digit = answers[index] ?? '-';
    if (digit === '-') return [];
    const option = item.answerOption?.[Number(digit)]?.valueCoding;
    const value: AnswerValue =
      option?.code === undefined
        ? { type: 'integer', value: Number(digit) }
        : { type: 'coding', value: { system: option.system ?? '', code: option.code } };
    return [{ linkId: item.linkId, answers: [value], items: [] }];
  });
}

function total(slug: string, items: readonly AnswerItem[], withheld: readonly string[] = []) {
  const scores = scoresOf(slug);
  const [first] = scores;
  if (first === undefined) throw new Error(`${slug} has no score`);
  return { score: first, value: scoreOf(first, { items, withheld, scores }) };
}

describe.each(made)('%s', (slug, ofSlug) => {
  it.each(ofSlug)('$answers gives $total', ({ answers, total: wanted, band }) => {
    expect(answers).toHaveLength(itemsOf(slug).length);
    const { score, value } = total(slug, answered(slug, answers));
    expect(value ?? null).toBe(wanted);
    expect((value === undefined ? undefined : bandOf(score, value)) ?? null).toBe(band);
  });

  it('has no total for others when one of its answers is kept private', () => {
    const whole = ofSlug.find(({ total: wanted }) => wanted !== null);
    const [first] = itemsOf(slug);
    expect(total(slug, answered(slug, whole?.answers ?? ''), [first?.linkId ?? '']).value).toBeUndefined();
  });
});

describe('the change of a score', () => {
  const reader = { language: 'en', reader: 'clinician' } as const;
  it.each([
    ['phq-9', 17, 11, 'fell by 6: more than error'],
    ['phq-9', 17, 12, 'fell by 5: within error'],
    ['phq-9', 16, 8, 'fell by 8: more than error; now below the cutoff of 10; at least halved'],
    ['phq-9', 9, 3, 'fell by 6: more than error; at least halved'],
    ['phq-9', 8, 14, 'rose by 6: more than error, for the worse'],
    ['gad-7', 8, 7, 'fell by 1: within error; now below the cutoff of 8'],
    ['gad-7', 12, 8, 'fell by 4: more than error'],
    ['pcl-5-month', 50, 41, 'fell by 9: within error'],
    ['pcl-5-month', 50, 40, 'fell by 10: more than error'],
    ['pcl-5-month', 50, 35, 'fell by 15: certainly more than error'],
    ['pcl-5-week', 40, 30, 'fell by 10: more than error; now below the cutoff of 31'],
    ['who-5', 40, 52, 'rose by 12; now at or above the cutoff of 52'],
    ['peg', 6, 6, 'the same as at first'],
  ])('%s from %d to %d: %s', (slug, first, last, words) => {
    const [score] = scoresOf(slug);
    if (score === undefined) throw new Error('no score');
    expect(changeWords(score, { first, last }, reader)).toBe(words);
  });
});

describe('how much is more than error', () => {
  it('is said of the measures for which a source says it, and of no other', () => {
    const said = registeredKinds.kinds.flatMap(({ slug, family }) =>
      family === undefined
        ? []
        : scoresOf(slug).flatMap(({ reliableChange, certainChange }) =>
            reliableChange === undefined && certainChange === undefined ? [] : [[slug, reliableChange, certainChange]],
          ),
    );
    // PHQ-9 and GAD-7: NHS Talking Therapies; PCL-5: the same, and Marx 2022
    expect(said.sort()).toEqual([
      ['gad-7', 4, undefined],
      ['pcl-5-month', 10, 15],
      ['pcl-5-week', 10, 15],
      ['phq-9', 6, undefined],
    ]);
  });
});

describe('the PCL-5', () => {
  it('adds up the clusters of DSM-5', () => {
    const scores = scoresOf('pcl-5-month');
    const items = answered('pcl-5-month', '11111222222222333333');
    const values = scores.map((score) => [score.linkId, scoreOf(score, { items, scores })]);
    expect(Object.fromEntries(values)).toEqual({
      'pcl-5-total': 5 + 4 + 14 + 18,
      'pcl-5-b': 5,
      'pcl-5-c': 4,
      'pcl-5-d': 14,
      'pcl-5-e': 18,
    });
  });

  it('carries no code of the past month in its past-week wording', () => {
    const week = currentVersion(registeredKinds.kind('pcl-5-week'));
    for (const code of ['101697-1', '101698-9'])
      expect(JSON.stringify([week.questionnaire, week.scores])).not.toContain(code);
  });

  it('of a week and of a month are two measures in one plan, and share no name and no code', () => {
    const versions = ['pcl-5-week', 'pcl-5-month', 'pcl-5-week', 'pcl-5-month'].map((slug, index) => ({
      ...{ slug, canonical: canonicalOf(currentVersion(registeredKinds.kind(slug)).questionnaire) },
      performedAt: `2026-03-0${index + 1}T12:00:00.000Z`,
    }));
    const logs = versions.map(({ slug, canonical, performedAt }, index) => ({
      ...{ id: `log-${index}`, performedAt, questionnaire: canonical, withheld: [] },
      items: answered(slug, `${index}`.repeat(20)),
    }));
    const find = (canonical: string) => registeredKinds.version(canonical);
    const measures = measuresOf(
      logs,
      (canonical) => find(canonical).summary,
      (canonical) => find(canonical).scores ?? [],
    );
    const totals = measures.filter(({ linkId }) => linkId.endsWith('-total'));
    expect(totals.map(({ label, readings }) => [label, readings.map(({ value }) => value)])).toEqual([
      ['PCL-5, past week', [0, 40]],
      ['PCL-5, past month', [20, 60]],
    ]);
    expect(new Set(measures.map(({ linkId }) => linkId)).size).toBe(10);
    const codes = ['pcl-5-week', 'pcl-5-month'].flatMap((slug) => scoresOf(slug).map(({ code }) => code.code));
    expect(new Set(codes).size).toBe(10);
  });
});

describe('a measure of which only the score is carried', () => {
  const only = registeredKinds.kinds.filter(({ family, slug }) => family !== undefined && !(slug in cases));

  it('is one of these, and holds no question but for its score', () => {
    expect(only.map(({ slug }) => slug).sort()).toEqual(
      ['isi', 'mini-spin', 'oci-r', 'pdss-sr', 'spin', 'who-5', 'wsas', 'y-bocs'].sort(),
    );
    for (const kind of only) {
      const { questionnaire } = currentVersion(kind);
      const asked = (questionnaire.item ?? []).filter(({ type }) => type !== 'display');
      expect(asked.map(({ linkId }) => linkId)).toEqual(['score']);
      expect(questionnaire.copyright).toContain('forbids us to carry its questions');
      expect(kind.defaults.instructions).toMatch(/^Write down the .*score/);
    }
  });

  it('says which score it asks for, where there are two, and whose it is', () => {
    const words = (slug: string) => {
      const kind = registeredKinds.kind(slug);
      const { item = [] } = currentVersion(kind).questionnaire;
      return [kind.defaults.instructions, ...item.map(({ text = '' }) => text)];
    };
    for (const said of words('who-5')) expect(said).toContain('percentage score');
    expect(words('who-5').filter((said) => /times 4/.test(said))).toHaveLength(2);
    for (const said of words('y-bocs')) expect(said).toContain('your clinician told you');
  });

  it.each(only.map(({ slug }) => slug))('%s takes its score within its range, and nothing beyond', (slug) => {
    const scores = scoresOf(slug);
    const [score] = scores;
    if (score === undefined) throw new Error('no score');
    const given = (value: number) =>
      scoreOf(score, { items: [{ linkId: 'score', answers: [{ type: 'integer', value }], items: [] }], scores });
    const { least, most } = score.range;
    expect([given(least), given(most), given(most + 1), given(least - 1)]).toEqual([least, most, undefined, undefined]);
  });
});
