import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSystem, QuestionnaireItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { indexItems } from '../../src/fhir/answers/index-items.ts';
import { valueLimits } from '../../src/fhir/answers/value-limits.ts';
import { terminology } from '../../src/fhir/terminology.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { controlOf, describeKind } from './describe-kind.ts';

const EXTRACT = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';
const STEP = 'http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue';
const UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit';
const MEASURE = 'https://intersession.dev/fhir/CodeSystem/measure';
const COMMON = ['belief-before', 'belief-after', 'suds-before', 'suds-peak', 'suds-after'];

const extension = (item: QuestionnaireItem, url: string) => item.extension?.find((extension) => extension.url === url);
const isMeasured = (item: QuestionnaireItem) => extension(item, EXTRACT)?.valueBoolean === true;

describe.each(registeredKinds.kinds)('kind $slug', describeKind);

/** The first four test beliefs: what they have in common, no other kind needs. */
const firstFour = ['self-monitoring', 'behavioural-experiment', 'graded-exposure', 'communication-practice'];
/** Written here, and worded alike. */
const ours = [
  ...firstFour,
  ...['thought-record', 'behavioural-activation', 'relaxation-practice', 'structured-writing', 'psychoeducation'],
];

describe.each(
  registeredKinds.versions
    .filter(({ kind }) => ours.includes(kind.slug))
    .map((version) => [version.canonical, version] as const),
)('our own %s', (_canonical, version) => {
  const { kind, questionnaire } = version;
  const index = indexItems(questionnaire);
  const items = [...index.values()].map(({ item }) => item);
  const item = (linkId: string) => index.get(linkId)?.item;

  it('has a questionnaire with its canonical, texts and status', () => {
    expect(questionnaire).toMatchObject({
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
      for (const question of level) {
        linkIds.push(question.linkId);
        walk(question.item ?? []);
      }
    };
    walk(questionnaire.item ?? []);
    expect(new Set(linkIds).size).toBe(linkIds.length);
    for (const linkId of linkIds) expect(linkId).toMatch(/^[a-z0-9-]{1,26}$/);
  });

  it('extracts measures under a known code, with unit and limits', () => {
    for (const question of items.filter(isMeasured)) {
      const [code] = question.code ?? [];
      expect(terminology, question.linkId).toContainEqual(expect.objectContaining({ ...code }));
      expect(code?.system).toBe(MEASURE);
      expect(['integer', 'decimal'], question.linkId).toContain(question.type);
      expect(valueLimits(question), question.linkId).toEqual({ min: expect.any(Number), max: expect.any(Number) });
      const unit = extension(question, UNIT)?.valueCoding;
      if (unit) expect(unit).toEqual({ system: 'http://unitsofmeasure.org', code: unit.code, display: unit.code });
      // A measure's id is <uuid>.<linkId>, and 64 characters is all there is; a repetition's id takes eight more.
      const repeated = index.get(question.linkId)?.parents.some((parent) => item(parent)?.repeats);
      if (repeated) expect(question.linkId.length).toBeLessThanOrEqual(18);
      expect(question.repeats, `${question.linkId}: readings repeat by their group`).not.toBe(true);
    }
    const codes = items.filter(isMeasured).map((item) => item.code?.[0]?.code);
    expect(new Set(codes).size).toBe(codes.length);
    if (firstFour.includes(kind.slug)) expect(codes).toEqual(expect.arrayContaining(COMMON));
  });

  it('has nothing but measures under a code or a unit', () => {
    for (const question of items.filter((each) => !isMeasured(each))) {
      expect(question.code, question.linkId).toBeUndefined();
      expect(extension(question, UNIT), question.linkId).toBeUndefined();
    }
  });

  it('gives each slider a range, a step that fits it, and words for both ends', () => {
    const sliders = items.filter((item) => controlOf(item) === 'slider');
    if (firstFour.includes(kind.slug)) expect(sliders.length).toBeGreaterThanOrEqual(COMMON.length);
    for (const slider of sliders) {
      const { min, max } = valueLimits(slider);
      const step = extension(slider, STEP)?.valueInteger ?? 0;
      expect(Number(max), slider.linkId).toBeGreaterThan(Number(min));
      expect((Number(max) - Number(min)) % step, slider.linkId).toBe(0);
      const ends = (slider.item ?? []).filter((end) => end.text).map(controlOf);
      expect(ends, slider.linkId).toEqual(expect.arrayContaining(['lower', 'upper']));
    }
  });

  it('says why at the beginning, and gives examples', () => {
    expect(questionnaire.item?.[0]).toMatchObject({ linkId: 'why', type: 'display' });
    expect(items.filter((item) => controlOf(item) === 'help').length).toBeGreaterThan(1);
  });

  it('locks predictions that stand before their outcomes, of which the behaviour is one', () => {
    const { predictionParts: parts } = version;
    const predicts = version.summary.some((line) => line.type === 'text' && line.likelihoodLinkId !== undefined);
    expect(parts !== undefined).toBe(predicts);
    if (parts === undefined) return;
    const order = [...index.keys()];
    for (const linkId of [...parts.predictions, ...parts.outcomes]) expect(order).toContain(linkId);
    const last = Math.max(...parts.predictions.map((linkId) => order.indexOf(linkId)));
    for (const linkId of parts.outcomes) expect(order.indexOf(linkId), linkId).toBeGreaterThan(last);
    expect(parts.outcomes).toContain(version.behaviourLinkId);
    expect(parts.outcomes).toContain('actual-outcome');
  });

  it('has options that our code systems define, each with its display', () => {
    for (const question of items)
      for (const { valueCoding } of question.answerOption ?? []) {
        const defined = codeSystem(valueCoding?.system ?? '');
        expect(defined, `${question.linkId}: ${valueCoding?.code}`).toContainEqual(
          expect.objectContaining({ code: valueCoding?.code, display: valueCoding?.display }),
        );
      }
  });

  it('says in a required section what is required, and requires nothing in one that may be left out', () => {
    for (const question of items.filter(({ required, type }) => required && type !== 'group')) {
      const [section] = index.get(question.linkId)?.parents ?? [];
      if (section !== undefined) expect(item(section)?.required, question.linkId).toBe(true);
    }
  });
});

describe.each(registeredKinds.versions.map((version) => [version.canonical, version] as const))(
  'what a plan may choose of %s',
  (_canonical, { questionnaire, settings = [], ownParts = [], keptToSelf = [], predictionTold, kind }) => {
    const index = indexItems(questionnaire);

    it('is said by settings that leave out what there is, one of them by default', () => {
      for (const setting of settings) {
        if (!('options' in setting)) continue;
        const byDefault = setting.options.find(({ code }) => code === setting.byDefault);
        expect(byDefault, setting.name).toBeDefined();
        // a step without a choice asks for the form as it is published (ADR 49)
        if (ours.includes(kind.slug)) expect(byDefault?.without, setting.name).toEqual([]);
        const linkIds = setting.options.flatMap(({ without }) => without);
        for (const linkId of linkIds) expect(index.has(linkId), linkId).toBe(true);
      }
    });

    it('is named by parts that have a pattern', () => {
      for (const { pattern, defaults, least, most } of ownParts) {
        expect(JSON.stringify(index.get(pattern)?.item), pattern).toContain('{name}');
        expect(defaults.length).toBeLessThanOrEqual(most);
        if (defaults.length > 0) expect(defaults.length).toBeGreaterThanOrEqual(least);
      }
    });

    it('keeps to oneself, and tells of predictions, only by questions that there are', () => {
      for (const linkId of keptToSelf) expect(index.get(linkId)?.item.required ?? false, linkId).toBe(false);
      for (const linkId of keptToSelf) expect(index.has(linkId), linkId).toBe(true);
      if (predictionTold === undefined) return;
      const told = index.get(predictionTold.linkId)?.item;
      const codes = told?.answerOption?.map(({ valueCoding }) => valueCoding?.code) ?? [false];
      expect(codes).toEqual(expect.arrayContaining([...predictionTold.notTrue]));
      expect(codes.length).toBeGreaterThan(predictionTold.notTrue.length);
    });
  },
);

/** As SUSHI has made it of profiles/input/fsh. */
function codeSystem(system: string): readonly { readonly code: string; readonly display?: string }[] {
  const id = system.split('/').at(-1);
  const folder = join(import.meta.dirname, '..', '..', 'profiles', 'fsh-generated', 'resources');
  const { url, concept = [] }: CodeSystem = JSON.parse(readFileSync(join(folder, `CodeSystem-${id}.json`), 'utf8'));
  expect(url).toBe(system);
  return concept.map(({ code, display }) => ({ code, ...(display !== undefined && { display }) }));
}
