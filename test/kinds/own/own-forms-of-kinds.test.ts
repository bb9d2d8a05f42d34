import type { Questionnaire } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { checkAnswers } from '../../../src/fhir/answers/check-answers.ts';
import { fromResponseItems } from '../../../src/fhir/answers/read-items.ts';
import { toResponseItems } from '../../../src/fhir/answers/write-items.ts';
import { linkIdsOf } from '../../../src/homework/log/line-words.ts';
import { partsOf } from '../../../src/homework/log/score.ts';
import type { FormChoice } from '../../../src/homework/plan/own-form.ts';
import type { KindVersion } from '../../../src/kinds/kind.ts';
import { ownVersion } from '../../../src/kinds/own/own-version.ts';
import fc from '../../fast-check.ts';
import { answersArbitrary } from '../answers-arbitrary.ts';
import { itemsOf } from '../answers-for.ts';
import { withCard } from './target-card.ts';

/** Every version of which a plan may have a form of its own, the made-up one among them. */
const versions = withCard.versions.flatMap((version): (readonly [string, KindVersion])[] =>
  version.ownParts === undefined && version.settings === undefined ? [] : [[version.canonical, version]],
);

const linkIdsUnder = ({ item }: Pick<Questionnaire, 'item'>, linkId: string) =>
  itemsOf(itemsOf(item).filter((one) => one.linkId === linkId)).map((one) => one.linkId);

/** Texts as people write them, what other rooms read as a sign among them. */
const text = fc.constantFrom('Cutting', '{name}', "$& $' $1", '“wine”', "it's | a.b", '心配', '<b>', 'A\\B');

function choiceOf({ ownParts = [], settings = [] }: KindVersion): fc.Arbitrary<FormChoice> {
  const names = fc.record(
    Object.fromEntries(
      ownParts.map(({ name, least, most }) => [
        name,
        fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/), text }), {
          ...{ minLength: least, maxLength: most, selector: ({ id }) => id },
        }),
      ]),
    ),
  );
  const chosen = fc.record(
    Object.fromEntries(
      settings.map((setting) => [
        setting.name,
        'options' in setting
          ? fc.constantFrom(...setting.options.map(({ code }) => code))
          : fc.integer({ min: setting.number.least, max: setting.number.most }),
      ]),
    ),
  );
  return fc.record({ own: names, settings: chosen });
}

describe.each(versions)('%s', (_canonical, version) => {
  it('declares parts by items that there are, each for itself, and whose copies can be named', () => {
    const { questionnaire, ownParts = [], settings = [], behaviourLinkId, predictionTold } = version;
    const all = new Set(itemsOf(questionnaire.item).map(({ linkId }) => linkId));
    const inParts = ownParts.flatMap(({ pattern }) => linkIdsUnder(questionnaire, pattern));
    expect(new Set(inParts).size, 'no pattern stands in another').toBe(inParts.length);
    for (const { name, pattern, least, most, defaults } of ownParts) {
      expect(name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
      expect(all, pattern).toContain(pattern);
      expect(least).toBeLessThanOrEqual(defaults.length);
      expect(defaults.length).toBeLessThanOrEqual(most);
      for (const { id } of defaults) expect(id).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
      const texts = linkIdsUnder(questionnaire, pattern).map(
        (linkId) => itemsOf(questionnaire.item).find((item) => item.linkId === linkId)?.text ?? '',
      );
      expect(
        texts.some((one) => one.includes('{name}')),
        `${pattern} says {name}`,
      ).toBe(true);
    }
    for (const linkId of inParts)
      expect(linkId.length, `${linkId}.<id> is a linkId of the API`).toBeLessThanOrEqual(31);
    for (const linkId of all) expect(linkId, 'a dot begins the id of a name').not.toContain('.');
    for (const linkId of [behaviourLinkId, predictionTold?.linkId]) expect(inParts).not.toContain(linkId);
    for (const setting of settings) {
      expect(setting.name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
      if (!('options' in setting)) continue;
      expect(setting.options.map(({ code }) => code)).toContain(setting.byDefault);
      for (const { without } of setting.options) for (const linkId of without) expect(all).toContain(linkId);
    }
  });

  it('gives, for every choice, a Questionnaire with linkIds of their own whose conditions ask what there is', () => {
    fc.assert(
      fc.property(choiceOf(version), (choice) => {
        const own = ownVersion(version, choice, 'step');
        const items = itemsOf(own.questionnaire.item);
        const linkIds = items.map(({ linkId }) => linkId);
        expect(new Set(linkIds).size).toBe(linkIds.length);
        for (const { enableWhen = [], enableBehavior, linkId, type, item = [] } of items) {
          for (const { question } of enableWhen) expect(linkIds, `${linkId} asks ${question}`).toContain(question);
          expect(enableWhen.length > 1, `${linkId}: que-12`).toBe(enableBehavior !== undefined);
          if (type === 'group') expect(item.length, `${linkId}: que-1`).toBeGreaterThan(0);
        }
        expect(
          items.every(
            ({ text = '' }) =>
              !text.includes('{name}') || choiceSays(choice, '{name}') || text.includes('is not replaced'),
          ),
        ).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('gives declarations that name what there is', () => {
    fc.assert(
      fc.property(choiceOf(version), (choice) => {
        const { questionnaire, summary, scores = [], ...own } = ownVersion(version, choice, 'step');
        const known = [...itemsOf(questionnaire.item), ...scores].map(({ linkId }) => linkId);
        const { predictions = [], outcomes = [] } = own.predictionParts ?? {};
        const told = [own.behaviourLinkId, own.predictionTold?.linkId].filter((linkId) => linkId !== undefined);
        const safety = (own.safety ?? []).map(({ linkId }) => linkId);
        const named = [...summary.flatMap(linkIdsOf), ...scores.flatMap(partsOf), ...safety, ...told];
        for (const linkId of [...named, ...predictions, ...outcomes, ...(own.keptToSelf ?? [])])
          expect(known).toContain(linkId);
        expect(new Set(known).size).toBe(known.length);
      }),
      { numRuns: 100 },
    );
  });

  it('takes answers, and gives them back from FHIR as they were', () => {
    const logs = choiceOf(version).chain((choice) => {
      const { questionnaire } = ownVersion(version, choice, 'step');
      return fc.tuple(fc.constant(questionnaire), answersArbitrary(questionnaire, { complete: true }));
    });
    fc.assert(
      fc.property(logs, ([questionnaire, items]) => {
        expect(checkAnswers(questionnaire, items, { complete: true })).toEqual([]);
        const read = fromResponseItems(questionnaire, toResponseItems(questionnaire, items, 'none'));
        expect(read).toEqual({ items, withheld: [], issues: [] });
      }),
      { numRuns: 60 },
    );
  });
});

function choiceSays({ own }: FormChoice, said: string): boolean {
  return Object.values(own).some((names) => names.some((name) => name.text.includes(said)));
}
