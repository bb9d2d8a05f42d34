import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { terminology } from '../../src/fhir/terminology.ts';
import { buildFixtures } from '../../src/fixtures/build-fixtures.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';

const loinc = 'http://loinc.org';
const ours = 'https://intersession.dev/fhir/CodeSystem/';
const root = join(import.meta.dirname, '..', '..');

/** What a standard code stands for: the whole instrument, one of its questions, its score, an answer; or a document, or an amount. */
type Role = 'panel' | 'question' | 'score' | 'answer' | 'document' | 'amount';

/**
 * Every standard code that was confirmed in publications independent of each other: what it is, and of which kinds of homework (by
 * slug); written from those publications and not from our Questionnaires. What does not stand here is used nowhere.
 */
const confirmed: readonly (readonly [role: Role, of: RegExp, codes: string])[] = [
  // LOINC's own form; US Core examples; HL7's guides PCO and US Behavioral Health
  ['panel', /^phq-9$/, '44249-1'],
  ['question', /^phq-[289]$/, '44250-9 44255-8'],
  ['question', /^phq-[89]$/, '44259-0 44254-1 44251-7 44258-2 44252-5 44253-3'],
  ['question', /^phq-9$/, '44260-8'],
  ['question', /^(phq-9|gad-7)$/, '69722-7'],
  ['score', /^phq-9$/, '44261-6'],
  // HL7's guide Personal Health Record; of the PHQ-4, two forms; of the PHQ-9 for teens, the same guide and NLM's forms
  ['panel', /^phq-2$/, '55757-9'],
  ['score', /^phq-2$/, '55758-7'],
  ['panel', /^phq-4$/, '69724-3'],
  ['panel', /^phq-9-teen/, '89206-7'],
  ['score', /^phq-9-teen/, '89204-2'],
  // LOINC's own form; HL7's guides PCO and Personal Health Record
  ['panel', /^gad-7$/, '69737-5'],
  ['question', /^gad-[27]$/, '69725-0 68509-9'],
  ['question', /^gad-7$/, '69733-4 69734-2 69735-9 69689-8 69736-7'],
  ['score', /^gad-7$/, '70274-6'],
  // LOINC's own forms; LA18938-3 stands in older exports of GAD-7 item 2 (HL7 PCO), is read and never written
  ['answer', /^(phq|gad)-\d$/, 'LA6568-5 LA6569-3 LA6570-1 LA6571-9 LA6572-7 LA6573-5 LA6575-0 LA6574-3 LA18938-3'],
  // LOINC 2.75 as two publications show it; of the past month alone
  ['panel', /^pcl-5-month$/, '101697-1'],
  ['score', /^pcl-5-month$/, '101698-9'],
  // LOINC's own form; HL7's guide Personal Health Record
  ['panel', /^peg$/, '91148-7'],
  ['question', /^peg$/, '75893-8 91145-3 91146-1'],
  ['score', /^peg$/, '91147-9'],
  // HL7's guide Personal Health Record; several apps
  ['amount', /^(sleep-diary|diary-card)$/, '93832-4'],
  ['document', /^$/, '11506-3'],
];

/** Codes that public code gives to what they are not, or that no publication confirms: never here, whatever they are given to. */
const denied = [
  ...['89213-1', '71969-0', '96843-5', '89244-8', '70274-5', '72166-2', '77865-4', '89794-0', '97546-9', '95647-6'],
  // another instrument than the PCL-5: the PCL-C and its items
  ...['70221-7', '70220-9', '70222-5', '70231-6'],
];

/** Right codes that are often taken for something else: what must never be said of them. */
const mistaken: readonly (readonly [code: string, words: RegExp])[] = [
  ['89206-7', /c-?ssrs|gds|cage|epworth|score|total/i],
  ['44249-1', /gad|score|total/i],
  ['69737-5', /score|total/i],
  ['70274-6', /hads/i],
  ['55757-9', /score|total/i],
  ['44261-6', /phq-?8/i],
  ['70273-8', /gad/i],
  ['101698-9', /week/i],
  ['101697-1', /week/i],
];

interface Found {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  /** What it was found at: `Questionnaire`, `group`, `question`, `answer`, `condition`, `score`. */
  readonly at: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inside: Readonly<Record<string, string>> = { answerOption: 'answer', enableWhen: 'condition' };

/** Every coding in a resource, with what it stands at. */
function codingsIn(value: unknown, at: string): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((each) => codingsIn(each, at));
  if (!isRecord(value)) return [];
  const { system, code, display } = value;
  const here: Found[] =
    typeof system === 'string' && typeof code === 'string'
      ? [{ system, code, at, ...(typeof display === 'string' && { display }) }]
      : [];
  const own = typeof value.resourceType === 'string' ? value.resourceType : placeOf(value, at);
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => codingsIn(inner, inside[key] ?? own))];
}

function placeOf({ linkId, type }: Readonly<Record<string, unknown>>, at: string): string {
  if (typeof linkId !== 'string') return at;
  return type === 'group' ? 'group' : 'question';
}

const inQuestionnaires = registeredKinds.versions.flatMap(({ kind, questionnaire, scores = [] }) =>
  [...codingsIn(questionnaire, 'Questionnaire'), ...scores.map(({ code }): Found => ({ ...code, at: 'score' }))].map(
    (found) => ({ ...found, slug: kind.slug }),
  ),
);
const standard = ({ system }: { readonly system: string }) => system === loinc || system.includes('snomed.info');

/** Where a code of each role may stand. A score that is typed in is a question. */
const places: Readonly<Record<Role, readonly string[]>> = {
  panel: ['Questionnaire', 'group'],
  question: ['question'],
  score: ['score', 'question'],
  amount: ['score', 'question'],
  answer: ['answer', 'condition'],
  document: [],
};

describe('standard codes', () => {
  const allowed = new Map(
    confirmed.flatMap(([role, of, codes]) => codes.split(' ').map((code) => [code, { role, of }] as const)),
  );

  it('stand in one row each, and none is denied', () => {
    const codes = confirmed.flatMap(([, , list]) => list.split(' '));
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => denied.includes(code))).toEqual([]);
  });

  it('are, in our Questionnaires and scores, those that were confirmed: each of its instrument, and as what it is', () => {
    const wrong = inQuestionnaires.filter(standard).filter(({ system, code, slug, at }) => {
      const row = system === loinc ? allowed.get(code) : undefined;
      return row === undefined || !row.of.test(slug) || !places[row.role].includes(at);
    });
    expect(wrong).toEqual([]);
    expect(inQuestionnaires.filter(standard).length).toBeGreaterThan(1);
  });

  it('have no words beside them that mean something else', () => {
    const wrong = inQuestionnaires.filter(({ code, display = '', slug }) =>
      mistaken.some(([mistakenFor, words]) => mistakenFor === code && words.test(`${display} ${slug}`)),
    );
    expect(wrong).toEqual([]);
  });

  it('are, beside our own, all that a Questionnaire asks or answers with', () => {
    const fixed = [
      'http://hl7.org/fhir/questionnaire-item-control',
      'http://hl7.org/fhir/questionnaire-display-category',
      'http://unitsofmeasure.org',
      loinc,
    ];
    const others = inQuestionnaires.filter(({ system }) => !system.startsWith(ours) && !fixed.includes(system));
    expect(others).toEqual([]);
  });

  it.each([
    ['terminology', () => terminology.map(({ system, code }): Found => ({ system, code, at: 'terminology' }))],
    ['every resource of ours', () => buildFixtures().files.flatMap(({ resource }) => codingsIn(resource, 'resource'))],
    ['what the profiles define', () => generated().flatMap((definition) => codingsIn(definition, 'definition'))],
  ] as const)('of %s are among those', (_where, all) => {
    const found = all().filter(standard);
    const unknown = found.filter(({ system, code }) => system !== loinc || !allowed.has(code));
    expect([...new Set(unknown.map(({ system, code }) => `${system}|${code}`))]).toEqual([]);
  });

  it('that are wrong stand in no file of ours, not even as bare text', () => {
    const files = [
      ...registeredKinds.versions.map(({ questionnaire }) => JSON.stringify(questionnaire)),
      ...registeredKinds.versions.map(({ scores, summary, safety }) => JSON.stringify([scores, summary, safety])),
      ...generated().map((definition) => JSON.stringify(definition)),
      ...readdirSync(join(root, 'profiles/input/fsh')).map((name) =>
        readFileSync(join(root, 'profiles/input/fsh', name), 'utf8'),
      ),
    ];
    const text = files.join('\n');
    for (const code of denied) expect(new RegExp(`(?<![\\d-])${code}(?!\\d)`).test(text), code).toBe(false);
  });
});

describe('options of ours', () => {
  it('are defined, each with the display that the patient reads', () => {
    const defined = new Map(generated().flatMap(conceptsIn));
    for (const { system, code, display, slug } of inQuestionnaires.filter((found) => found.at === 'answer')) {
      if (system.startsWith(ours)) expect(defined.get(`${system}|${code}`), `${slug}: ${code}`).toBe(display);
    }
  });
});

function generated(): readonly unknown[] {
  const folder = join(root, 'profiles/fsh-generated/resources');
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

function conceptsIn(definition: unknown): readonly (readonly [string, unknown])[] {
  if (!isRecord(definition) || definition.resourceType !== 'CodeSystem' || !Array.isArray(definition.concept))
    return [];
  return definition.concept.flatMap((concept: unknown) =>
    isRecord(concept) ? [[`${definition.url}|${concept.code}`, concept.display] as const] : [],
  );
}
