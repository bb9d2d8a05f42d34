import fc from 'fast-check';
import type { QuestionnaireItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { answerTypes } from '../../src/fhir/answers/answer-types.ts';
import { checkAnswers } from '../../src/fhir/answers/check-answers.ts';
import { indexItems } from '../../src/fhir/answers/index-items.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { valueLimits } from '../../src/fhir/answers/value-limits.ts';
import { terminology } from '../../src/fhir/terminology.ts';
import { hasCode } from '../../src/homework/errors.ts';
import type { AnswerItem } from '../../src/homework/model.ts';
import type { SummaryLine } from '../../src/homework/summary-line.ts';
import { kindBySlug, kinds, questionnaireByCanonical } from '../../src/kinds/registry.ts';
import { answersArbitrary } from './answers-arbitrary.ts';

const EXTRACT = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';
const CONTROL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl';
const STEP = 'http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue';
const UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit';
const MEASURE = 'https://intersession.dev/fhir/CodeSystem/measure';
const COMMON = ['belief-before', 'belief-after', 'suds-before', 'suds-peak', 'suds-after'];

const extension = (item: QuestionnaireItem, url: string) => item.extension?.find((one) => one.url === url);
const isMeasured = (item: QuestionnaireItem) => extension(item, EXTRACT)?.valueBoolean === true;
const controlOf = (item: QuestionnaireItem) => extension(item, CONTROL)?.valueCodeableConcept?.coding?.[0]?.code;

function linkIdsOf(line: SummaryLine): string[] {
  switch (line.type) {
    case 'change':
      return [line.before, line.after];
    case 'points':
      return [...line.linkIds];
    case 'value':
      return [line.linkId];
    case 'text':
      return [line.linkId, ...(line.likelihoodLinkId === undefined ? [] : [line.likelihoodLinkId])];
  }
}

describe('registry of kinds', () => {
  it('has each slug once, and finds it', () => {
    const slugs = kinds.map((kind) => kind.slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const kind of kinds) expect(kindBySlug(kind.slug)).toBe(kind);
  });

  it('refuses an unknown kind and names the known ones', () => {
    const refused = catchError(() => kindBySlug('interpretive-dance'));
    expect(hasCode(refused, 'unknown-kind') && refused.fields).toEqual({
      kind: 'interpretive-dance',
      known: kinds.map((kind) => kind.slug),
    });
  });

  it('finds a questionnaire by url and version only', () => {
    const { questionnaire } = kindBySlug('self-monitoring');
    expect(questionnaireByCanonical('https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0')).toBe(
      questionnaire,
    );
    expect(
      questionnaireByCanonical('https://intersession.dev/fhir/Questionnaire/self-monitoring|9.0.0'),
    ).toBeUndefined();
    expect(questionnaireByCanonical('https://intersession.dev/fhir/Questionnaire/self-monitoring')).toBeUndefined();
  });
});

describe.each(kinds)('kind $slug', (kind) => {
  const { questionnaire } = kind;
  const index = indexItems(questionnaire);
  const items = [...index.values()].map(({ item }) => item);
  const item = (linkId: string) => index.get(linkId)?.item;

  it('has a questionnaire with its canonical, texts and status', () => {
    expect(questionnaire).toMatchObject({
      id: kind.slug,
      url: `https://intersession.dev/fhir/Questionnaire/${kind.slug}`,
      status: 'active',
      subjectType: ['Patient'],
    });
    expect(questionnaire.version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const text of [questionnaire.title, questionnaire.description, questionnaire.purpose]) {
      expect(text?.length).toBeGreaterThan(10);
    }
    expect(questionnaire.name).toMatch(/^[A-Z][A-Za-z0-9_]+$/);
  });

  it('has linkIds that are unique, short and plain', () => {
    const linkIds: string[] = [];
    const walk = (level: readonly QuestionnaireItem[]): void => {
      for (const one of level) {
        linkIds.push(one.linkId);
        walk(one.item ?? []);
      }
    };
    walk(questionnaire.item ?? []);
    expect(new Set(linkIds).size).toBe(linkIds.length);
    for (const linkId of linkIds) expect(linkId).toMatch(/^[a-z0-9-]{1,26}$/);
  });

  it('asks only what a log can carry, each item with a text', () => {
    for (const one of items) {
      expect(one.text, one.linkId).toBeTruthy();
      if (one.type !== 'group' && one.type !== 'display') expect(answerTypes(one), one.linkId).not.toEqual([]);
    }
  });

  it('extracts measures under a known code, with unit and limits', () => {
    for (const one of items.filter(isMeasured)) {
      const [code] = one.code ?? [];
      expect(terminology, one.linkId).toContainEqual(expect.objectContaining({ ...code }));
      expect(code?.system).toBe(MEASURE);
      expect(['integer', 'decimal'], one.linkId).toContain(one.type);
      expect(valueLimits(one), one.linkId).toEqual({ min: expect.any(Number), max: expect.any(Number) });
      const unit = extension(one, UNIT)?.valueCoding;
      if (unit) expect(unit).toEqual({ system: 'http://unitsofmeasure.org', code: unit.code, display: unit.code });
      // A measure's id is <uuid>.<linkId>, and 64 characters is all there is; a repetition's id takes eight more.
      const repeated = index.get(one.linkId)?.parents.some((parent) => item(parent)?.repeats);
      if (repeated) expect(one.linkId.length).toBeLessThanOrEqual(18);
      expect(one.repeats, `${one.linkId}: readings repeat by their group`).not.toBe(true);
    }
    const codes = items.filter(isMeasured).map((one) => one.code?.[0]?.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(expect.arrayContaining(COMMON));
  });

  it('has nothing but measures under a code or a unit', () => {
    for (const one of items.filter((each) => !isMeasured(each))) {
      expect(one.code, one.linkId).toBeUndefined();
      expect(extension(one, UNIT), one.linkId).toBeUndefined();
    }
  });

  it('gives each slider a range, a step that fits it, and words for both ends', () => {
    const sliders = items.filter((one) => controlOf(one) === 'slider');
    expect(sliders.length).toBeGreaterThanOrEqual(COMMON.length);
    for (const one of sliders) {
      const { min, max } = valueLimits(one);
      const step = extension(one, STEP)?.valueInteger ?? 0;
      expect(Number(max), one.linkId).toBeGreaterThan(Number(min));
      expect((Number(max) - Number(min)) % step, one.linkId).toBe(0);
      const ends = (one.item ?? []).filter((end) => end.text).map(controlOf);
      expect(ends, one.linkId).toEqual(expect.arrayContaining(['lower', 'upper']));
    }
  });

  it('says why at the beginning, and gives examples', () => {
    expect(questionnaire.item?.[0]).toMatchObject({ linkId: 'why', type: 'display' });
    expect(items.filter((one) => controlOf(one) === 'help').length).toBeGreaterThan(1);
  });

  it('asks conditions only of questions that exist and can answer them', () => {
    for (const one of items) {
      for (const condition of one.enableWhen ?? []) {
        const question = item(condition.question);
        expect(question, `${one.linkId} asks ${condition.question}`).toBeDefined();
        if (condition.answerBoolean !== undefined && condition.operator !== 'exists') {
          expect(question?.type).toBe('boolean');
        }
      }
      if ((one.enableWhen?.length ?? 0) > 1) expect(one.enableBehavior, one.linkId).toBeDefined();
    }
  });

  it('refers to items of the right type in its summary and for its behaviour', () => {
    expect(kind.summary.length).toBeGreaterThan(1);
    for (const line of kind.summary) {
      for (const linkId of linkIdsOf(line)) {
        const isText = line.type === 'text' && linkId === line.linkId;
        expect(item(linkId)?.type, `${line.label}: ${linkId}`).toBe(isText ? 'text' : 'integer');
      }
      if (line.type === 'points') expect(line.names).toHaveLength(line.linkIds.length);
    }
    if (kind.behaviourLinkId !== undefined) {
      expect(item(kind.behaviourLinkId)).toMatchObject({ type: 'boolean', required: true });
    }
  });

  it('asks for risk by items that can be left open, with a test that fits them', () => {
    for (const { linkId, test } of kind.safety ?? []) {
      const asked = item(linkId);
      expect(asked, linkId).toBeDefined();
      expect(asked?.required ?? false, linkId).toBe(false);
      expect(asked?.enableWhen, linkId).toBeUndefined();
      const fits = { yes: ['boolean'], 'at-least': ['integer', 'decimal'], 'any-of': ['choice', 'open-choice'] };
      expect(fits[test.type], linkId).toContain(asked?.type);
    }
  });

  it('locks predictions that stand before their outcomes, of which the behaviour is one', () => {
    const { predictionParts: parts } = kind;
    const predicts = kind.summary.some((line) => line.type === 'text' && line.likelihoodLinkId !== undefined);
    expect(parts !== undefined).toBe(predicts);
    if (parts === undefined) return;
    const order = [...index.keys()];
    for (const linkId of [...parts.predictions, ...parts.outcomes]) expect(order).toContain(linkId);
    const last = Math.max(...parts.predictions.map((linkId) => order.indexOf(linkId)));
    for (const linkId of parts.outcomes) expect(order.indexOf(linkId), linkId).toBeGreaterThan(last);
    expect(parts.outcomes).toContain(kind.behaviourLinkId);
    expect(parts.outcomes).toContain('actual-outcome');
  });

  it('states its defaults and the unlock criteria it offers', () => {
    expect(kind.defaults.lateGraceHours).toBeGreaterThan(0);
    expect(kind.defaults.instructions.length).toBeGreaterThan(20);
    expect(kind.defaults.rationale.length).toBeGreaterThan(20);
    expect(kind.offers.length).toBeGreaterThan(0);
    expect(kind.offers.includes('behaviour-done')).toBe(kind.behaviourLinkId !== undefined);
    const readsMeasures = kind.offers.some((offer) => offer === 'measure-fell' || offer === 'measure-reached');
    if (readsMeasures) expect(items.some(isMeasured)).toBe(true);
  });

  it('takes every valid log, whole or as a draft', () => {
    fc.assert(
      fc.property(answersArbitrary(questionnaire, { complete: true }), (log) => {
        expect(checkAnswers(questionnaire, log, { complete: true })).toEqual([]);
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(answersArbitrary(questionnaire, { complete: false }), (log) => {
        expect(checkAnswers(questionnaire, log, { complete: false })).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('names the item when one answer of a valid log is broken', () => {
    const questions = items.filter((one) => one.type !== 'group' && one.type !== 'display');
    const cases = fc.tuple(fc.constantFrom(...questions), answersArbitrary(questionnaire, { complete: true }));
    fc.assert(
      fc.property(cases, ([question, log]) => {
        const wrong = question.type === 'integer' ? Number(valueLimits(question).max) + 1 : 7;
        const flat = { ...flatten(log), [question.linkId]: wrong };
        const refused = catchError(() => readAnswers(questionnaire, flat));
        expect(hasCode(refused, 'invalid-answer')).toBe(true);
        if (!hasCode(refused, 'invalid-answer')) return;
        const named = refused.fields.issues.map(({ linkId }) => linkId);
        expect(named).toContain(question.linkId);
        // What hangs on the broken answer may no longer apply; nothing else is blamed.
        const dependent = items.filter((one) => one.enableWhen?.some((when) => when.question === question.linkId));
        expect([question.linkId, ...dependent.map(({ linkId }) => linkId)]).toEqual(expect.arrayContaining(named));
      }),
      { numRuns: 60 },
    );
  });

  it('misses each required item in a log that is to be complete', () => {
    const required = items.filter((one) => one.required && !one.enableWhen);
    const missing = checkAnswers(questionnaire, [], { complete: true }).map(({ linkId }) => linkId);
    expect(missing.sort()).toEqual(required.map(({ linkId }) => linkId).sort());
    expect(checkAnswers(questionnaire, [], { complete: false })).toEqual([]);
  });
});

function flatten(items: readonly AnswerItem[]): Record<string, unknown> {
  return Object.fromEntries(
    items.flatMap((item) => [
      ...item.answers.slice(0, 1).map((answer) => [item.linkId, answer.value] as const),
      ...Object.entries(flatten(item.items)),
    ]),
  );
}

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}
