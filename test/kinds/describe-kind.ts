import type { QuestionnaireItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { schedule } from '../../src/contract/schedule.ts';
import { answerTypes } from '../../src/fhir/answers/answer-types.ts';
import { checkAnswers } from '../../src/fhir/answers/check-answers.ts';
import { indexItems } from '../../src/fhir/answers/index-items.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { valueLimits } from '../../src/fhir/answers/value-limits.ts';
import { toResponseItems } from '../../src/fhir/answers/write-items.ts';
import { measureResourceId } from '../../src/fhir/extract/measure-resource-id.ts';
import { measuredAnswers } from '../../src/fhir/extract/measured-answers.ts';
import { terminology } from '../../src/fhir/terminology.ts';
import { sampleAnswers } from '../../src/fixtures/sample-answers.ts';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import { linkIdsOf } from '../../src/homework/log/line-words.ts';
import { partsOf, scoreReads } from '../../src/homework/log/score.ts';
import { scoreOf } from '../../src/homework/log/score-of.ts';
import type { AnswerItem } from '../../src/homework/model.ts';
import type { Kind, KindVersion } from '../../src/kinds/kind.ts';
import { withForm } from '../../src/kinds/with-form.ts';
import fc from '../fast-check.ts';
import { answersArbitrary } from './answers-arbitrary.ts';

const CONTROL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl';
const STEP = 'http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue';
/** Codes of ours; those of others are for them to define. */
const OURS = 'https://intersession.dev/fhir/CodeSystem/';

const extension = (item: QuestionnaireItem, url: string) => item.extension?.find((extension) => extension.url === url);
export const controlOf = (item: QuestionnaireItem) => extension(item, CONTROL)?.valueCodeableConcept?.coding?.[0]?.code;

/** What CONTRIBUTING asks of a kind, whoever wrote its Questionnaires; run over the register, and over a kind from outside. */
export function describeKind(kind: Kind): void {
  it('has a slug, a title and its defaults', () => {
    expect(kind.slug).toMatch(/^[a-z0-9-]{1,64}$/);
    expect(kind.title).toBeTruthy();
    expect(kind.defaults.lateGraceHours).toBeGreaterThan(0);
    expect(kind.defaults.instructions.length).toBeGreaterThan(20);
    expect(kind.defaults.rationale.length).toBeGreaterThan(20);
  });

  it('is not kept for a clinician to open when it stands beside the ladder, where all is open', () => {
    const { standing = false, unlockedByClinician = false } = kind.defaults;
    expect(standing && unlockedByClinician).toBe(false);
  });

  it('has a schedule to begin with that the API takes, and asks no sooner than it looks back; a step beside the ladder has no end that leaves it behind', () => {
    const { schedule: usual, standing } = kind.defaults;
    if (usual === undefined) return;
    expect(schedule.safeParse(usual)).toMatchObject({ success: true });
    if (usual.type !== 'series') return;
    if (standing) expect(usual.ends).toEqual({ type: 'open' });
    const { pattern, enough, times = [''] } = usual;
    const aWeek = pattern.type === 'per-week' ? pattern.count : pattern.type === 'days' ? 7 / pattern.every : 7;
    if (enough !== undefined) expect(enough).toBeLessThanOrEqual(aWeek * times.length);
    // asked again sooner than it looks back, each reading would be marked as early
    const recalls = kind.versions.flatMap(({ scores = [] }) => scores.map(({ recallDays = 0 }) => recallDays));
    const everyDays = pattern.type === 'days' ? pattern.every : 7 / aWeek;
    expect(everyDays).toBeGreaterThanOrEqual(Math.max(0, ...recalls));
  });

  it('has versions of one questionnaire, the oldest first', () => {
    const questionnaires = kind.versions.map(({ questionnaire }) => questionnaire);
    expect(new Set(questionnaires.map(({ url }) => url)).size).toBe(1);
    const versions = questionnaires.map(({ version = '' }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  });

  describe.each(kind.versions.map((version) => [version.questionnaire.version, version] as const))(
    'version %s',
    (_version, version) => describeVersion(version),
  );
}

/** What is asked of each version for itself: all that names linkIds names its own. */
export function describeVersion(version: KindVersion): void {
  const { questionnaire } = version;
  const index = indexItems(questionnaire);
  const items = [...index.values()].map(({ item }) => item);
  const questions = items.filter((item) => item.type !== 'group' && item.type !== 'display');
  const item = (linkId: string) => index.get(linkId)?.item;

  it('has a questionnaire with its canonical', () => {
    expect(questionnaire.url).toMatch(/^[a-z]+:\S+$/);
    expect(questionnaire.url).not.toContain('|');
    expect(questionnaire.version).toBeTruthy();
  });

  it('has linkIds that are unique', () => {
    const linkIds: string[] = [];
    const walk = (level: readonly QuestionnaireItem[]): void => {
      for (const question of level) {
        linkIds.push(question.linkId);
        walk(question.item ?? []);
      }
    };
    walk(questionnaire.item ?? []);
    expect(linkIds.length).toBeGreaterThan(0);
    expect(new Set(linkIds).size).toBe(linkIds.length);
    for (const linkId of linkIds) expect(linkId.trim()).not.toBe('');
  });

  it('asks only what a log can carry, each item with a text', () => {
    expect(questions.length).toBeGreaterThan(0);
    for (const question of questions) {
      expect(question.text, question.linkId).toBeTruthy();
      expect(answerTypes(question), question.linkId).not.toEqual([]);
    }
  });

  it('has measures with a code, ours among those that are known, and each with an id of its own', () => {
    const item = toResponseItems(questionnaire, sampleAnswers(questionnaire), 'none');
    const measures = measuredAnswers(questionnaire, {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item,
    });
    const log = '0d1c5b1e-7f0a-4c7e-9d38-3a53c7c1e001';
    const ids = measures.map((measure) => measureResourceId(log, measure.form.item.linkId, measure.instance));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
    for (const { form } of measures) {
      const { codes, item: measured } = form;
      // several options are ticked in one question; readings repeat by their group
      if (measured.repeats === true)
        expect(['group', 'choice', 'open-choice'], measured.linkId).toContain(measured.type);
      for (const { system, code } of codes) {
        expect([system, code], measured.linkId).not.toContain(undefined);
        if (!system?.startsWith(OURS)) continue;
        const known = terminology.some((term) => term.system === system && term.code === code);
        expect(known, `${measured.linkId}: ${code} of ${system} is to be in src/fhir/measures.ts`).toBe(true);
      }
    }
  });

  it('gives each slider a range, and a step that fits it', () => {
    for (const slider of items.filter((each) => controlOf(each) === 'slider')) {
      const { min, max } = valueLimits(slider);
      const step = extension(slider, STEP)?.valueInteger ?? 1;
      expect(Number(max), slider.linkId).toBeGreaterThan(Number(min));
      expect((Number(max) - Number(min)) % step, slider.linkId).toBe(0);
    }
  });

  it('asks conditions only of questions that exist and can answer them', () => {
    for (const asking of items) {
      for (const condition of asking.enableWhen ?? []) {
        const question = item(condition.question);
        expect(question, `${asking.linkId} asks ${condition.question}`).toBeDefined();
        if (condition.answerBoolean !== undefined && condition.operator !== 'exists') {
          expect(question?.type).toBe('boolean');
        }
      }
      if ((asking.enableWhen?.length ?? 0) > 1) expect(asking.enableBehavior, asking.linkId).toBeDefined();
    }
  });

  it('refers to items of the right type in its summary and for its behaviour', () => {
    expect(version.summary.length).toBeGreaterThan(0);
    for (const line of version.summary) {
      for (const linkId of linkIdsOf(line)) {
        const isScore = version.scores?.some((score) => score.linkId === linkId) === true;
        if (line.type === 'score') expect(isScore, `${line.label}: ${linkId} is a score`).toBe(true);
        if (isScore) continue;
        const types = item(linkId) === undefined ? [] : answerTypes(item(linkId) ?? { linkId, type: 'group' });
        expect(types, `${line.label}: ${linkId}`).not.toEqual([]);
        if (line.type === 'text' && linkId === line.linkId) expect(types, line.label).toContain('string');
        else if (['change', 'points', 'minutes', 'pair', 'text'].includes(line.type))
          expect(['integer', 'decimal'], line.label).toContain(types[0]);
      }
      if (line.type !== 'points') continue;
      expect(line.names).toHaveLength(line.linkIds.length);
      expect(line.linkIds[line.names.indexOf('peak')], line.label).toBe(line.peak);
    }
    if (version.behaviourLinkId !== undefined) {
      expect(item(version.behaviourLinkId)).toMatchObject({ type: 'boolean', required: true });
    }
  });

  it('calculates its scores from its own items, each with a name of its own, a code that is known and a range', () => {
    const { scores = [] } = version;
    const names = [...scores.map(({ linkId }) => linkId), ...index.keys()];
    expect(new Set(names).size).toBe(names.length);
    for (const score of scores) {
      for (const linkId of partsOf(score)) expect(names, score.linkId).toContain(linkId);
      expect([...scoreReads(score, scores)], `${score.linkId} is not made of itself`).not.toContain(score.linkId);
      expect(score.range.most, score.linkId).toBeGreaterThan(score.range.least);
      expect(score.form, 'the register adds it').toBe(undefined);
      const { system, code } = score.code;
      const known = terminology.some((term) => term.system === system && term.code === code);
      if (system.startsWith(OURS)) expect(known, `${code} is to be in src/fhir/measures.ts`).toBe(true);
      const froms = (score.bands ?? []).map(({ from }) => from);
      expect(froms).toEqual(froms.toSorted((a, b) => a - b));
    }
  });

  it('says what each option of a score counts, and no score of a log lies outside its range', () => {
    const scores = withForm(version.scores ?? [], questionnaire);
    for (const { calculation, form, linkId } of scores) {
      if (calculation.type !== 'sum' && calculation.type !== 'mean' && calculation.type !== 'count') continue;
      for (const part of calculation.linkIds.filter((part) => item(part)?.answerOption !== undefined))
        expect(Object.keys(form?.points[part] ?? {}), `${linkId}: what the options of ${part} count`).not.toEqual([]);
    }
    fc.assert(
      fc.property(answersArbitrary(questionnaire, { complete: true }), (log) => {
        for (const score of scores) {
          const value = scoreOf(score, { items: log, scores });
          if (value === undefined) continue;
          expect(value, score.linkId).toBeGreaterThanOrEqual(score.range.least);
          expect(value, score.linkId).toBeLessThanOrEqual(score.range.most);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('asks for risk by items that can be left open, with a test that fits them', () => {
    for (const { linkId, test } of version.safety ?? []) {
      if (version.scores?.some((score) => score.linkId === linkId)) {
        expect(['at-least', 'rise'], linkId).toContain(test.type);
        continue;
      }
      const asked = item(linkId);
      expect(asked, linkId).toBeDefined();
      expect(asked?.required ?? false, linkId).toBe(false);
      expect(asked?.enableWhen, linkId).toBeUndefined();
      const numbers = ['integer', 'decimal', 'quantity'];
      const fits = {
        ...{ yes: ['boolean'], 'any-of': ['choice', 'open-choice'] },
        ...{ 'at-least': numbers, rise: numbers, acted: ['boolean', ...numbers] },
      };
      expect(fits[test.type], linkId).toContain(asked?.type);
      if ((test.type !== 'at-least' && test.type !== 'rise') || test.setting === undefined) continue;
      const byDefault = test.type === 'rise' ? test.by : test.value;
      const setting = version.settings?.find(({ name }) => name === test.setting);
      expect(setting, `${linkId}: the plan's own threshold`).toMatchObject({ number: { byDefault } });
      const isWhole = setting !== undefined && 'number' in setting && setting.number.whole === true;
      expect(isWhole, `${linkId}: a scale of whole numbers has whole thresholds`).toBe(asked?.type === 'integer');
    }
  });

  it('locks predictions that stand before their outcomes', () => {
    const { predictionParts: parts } = version;
    if (parts === undefined) return;
    const order = [...index.keys()];
    for (const linkId of [...parts.predictions, ...parts.outcomes]) expect(order).toContain(linkId);
    const last = Math.max(...parts.predictions.map((linkId) => order.indexOf(linkId)));
    for (const linkId of parts.outcomes) expect(order.indexOf(linkId), linkId).toBeGreaterThan(last);
  });

  it('offers unlock criteria that its answers can meet', () => {
    expect(version.offers.length).toBeGreaterThan(0);
    expect(version.offers.includes('behaviour-done')).toBe(version.behaviourLinkId !== undefined);
    const readsMeasures = version.offers.some((offer) => offer === 'measure-fell' || offer === 'measure-reached');
    const hasNumbers = questions.some(({ type }) => type === 'integer' || type === 'decimal');
    if (readsMeasures) expect(hasNumbers, 'a criterion of a measure reads a number').toBe(true);
  });

  it('takes every valid log, whole or as a draft', () => {
    for (const complete of [true, false]) {
      fc.assert(
        fc.property(answersArbitrary(questionnaire, { complete }), (log) => {
          expect(checkAnswers(questionnaire, log, { complete })).toEqual([]);
        }),
        { numRuns: 50 },
      );
    }
  });

  it('names the item when one answer of a valid log is broken', () => {
    const cases = fc.tuple(fc.constantFrom(...questions), answersArbitrary(questionnaire, { complete: true }));
    fc.assert(
      fc.property(cases, ([question, log]) => {
        const { max } = valueLimits(question);
        const wrong = question.type === 'integer' && max !== undefined ? Number(max) + 1 : { none: 'of any type' };
        const flat = { ...flatten(log), [question.linkId]: wrong };
        const refused = catchError(() => readAnswers(questionnaire, flat));
        expect(hasCode(refused, 'invalid-answer')).toBe(true);
        if (!hasCode(refused, 'invalid-answer')) return;
        const named = refused.fields.issues.map(({ linkId }) => linkId);
        expect(named).toContain(question.linkId);
        // What hangs on the broken answer may no longer apply; nothing else is blamed.
        const dependent = items.filter((item) => item.enableWhen?.some((when) => when.question === question.linkId));
        expect([question.linkId, ...dependent.map(({ linkId }) => linkId)]).toEqual(expect.arrayContaining(named));
      }),
      { numRuns: 60 },
    );
  });

  it('misses each required item in a log that is to be complete', () => {
    // of a group that is required its questions are named; one that may be left out may be left out with what it requires
    const isAsked = ({ linkId, enableWhen }: QuestionnaireItem): boolean =>
      !enableWhen &&
      (index.get(linkId)?.parents ?? []).every((parent) => item(parent)?.required && !item(parent)?.enableWhen);
    const required = questions.filter((question) => question.required && isAsked(question));
    const missing = checkAnswers(questionnaire, [], { complete: true }).map(({ linkId }) => linkId);
    expect(missing.sort()).toEqual(required.map(({ linkId }) => linkId).sort());
    expect(checkAnswers(questionnaire, [], { complete: false })).toEqual([]);
  });
}

function flatten(items: readonly AnswerItem[]): Record<string, unknown> {
  return Object.fromEntries(
    items.flatMap((item) => [
      ...item.answers.slice(0, 1).map((answer) => [item.linkId, answer.value] as const),
      ...Object.entries(flatten(item.items)),
    ]),
  );
}

export function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}
