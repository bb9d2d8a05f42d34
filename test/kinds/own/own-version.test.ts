import type { QuestionnaireItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ourExtensions } from '../../../src/fhir/systems.ts';
import type { FormChoice } from '../../../src/homework/plan/own-form.ts';
import { ownFormCanonical } from '../../../src/homework/plan/own-form.ts';
import { thresholdsOf } from '../../../src/kinds/kind.ts';
import { kindsOfPlan } from '../../../src/kinds/own/kinds-of-plan.ts';
import { ownVersion } from '../../../src/kinds/own/own-version.ts';
import { itemsOf } from '../answers-for.ts';
import { describeVersion } from '../describe-kind.ts';
import { cardUrl, cardVersion, withCard } from './target-card.ts';

const cutting = { id: 'n1', text: 'Cutting' };
const drinking = { id: 'drink', text: 'Drinking {name} $& “at home”' };
const choice = (own: FormChoice['own'], settings: FormChoice['settings'] = {}): FormChoice => ({
  settings: { columns: 'all', 'urge-told': 5, ...settings },
  own: { helps: [], ...own },
});
const two = choice({ targets: [cutting, drinking], helps: [{ id: 'n1', text: 'A walk' }] });

const itemsIn = (given: FormChoice) => itemsOf(ownVersion(cardVersion, given, 'step').questionnaire.item);
const item = (given: FormChoice, linkId: string) => itemsIn(given).find((one) => one.linkId === linkId);

describe('the items of a form of a plan’s own', () => {
  it('have the pattern once for each name, in their order, and all else as it was', () => {
    expect(itemsIn(two).map(({ linkId }) => linkId)).toEqual([
      ...['intro', 'done'],
      ...['target.n1', 'urge.n1', 'acted.n1', 'acted-note.n1'],
      ...['target.drink', 'urge.drink', 'acted.drink', 'acted-note.drink'],
      ...['repair', 'mood', 'help.n1', 'thinking', 'thought', 'other-view', 'after-thought', 'note'],
    ]);
  });

  it('have the name in their texts as it was written, and nowhere but in a pattern', () => {
    expect(item(two, 'urge.n1')?.text).toBe('How strong was the urge: Cutting?');
    expect(item(two, 'urge.drink')?.text).toBe('How strong was the urge: Drinking {name} $& “at home”?');
    expect(item(two, 'intro')?.text).toContain('{name}');
  });

  it('say which name is measured, where one code is for several', () => {
    const measured = { url: ourExtensions.ownName, valueString: 'Cutting' };
    expect(item(two, 'urge.n1')?.extension).toContainEqual(measured);
    expect(item(two, 'acted.n1')?.extension).toBeUndefined();
    expect(item(two, 'mood')?.extension).not.toContainEqual(expect.objectContaining({ url: ourExtensions.ownName }));
  });

  it('turn on the item of the same name, and beside a pattern on any of them', () => {
    expect(item(two, 'acted-note.drink')?.enableWhen).toEqual([
      { question: 'acted.drink', operator: '=', answerBoolean: true },
    ]);
    expect(item(two, 'repair')).toMatchObject({
      enableBehavior: 'any',
      enableWhen: [{ question: 'acted.n1' }, { question: 'acted.drink' }],
    });
    const one = item(choice({ targets: [cutting] }), 'repair');
    expect([one?.enableWhen, one?.enableBehavior]).toEqual([
      [{ question: 'acted.n1', operator: '=', answerBoolean: true }],
      undefined,
    ]);
  });

  it('lack what a setting leaves out, what turns on it, and a group of which nothing is left', () => {
    const short = itemsIn(choice({ targets: [cutting] }, { columns: 'short' })).map(({ linkId }) => linkId);
    expect(short).toContain('thought');
    expect(short).not.toContain('other-view');
    expect(short).not.toContain('after-thought');
    const bare = itemsIn(choice({ targets: [cutting] }, { columns: 'bare' })).map(({ linkId }) => linkId);
    for (const gone of ['thinking', 'thought', 'other-view', 'after-thought']) expect(bare).not.toContain(gone);
  });

  it('lack a pattern that nothing is named for, and what turns on it', () => {
    const none = itemsIn(choice({ targets: [] })).map(({ linkId }) => linkId);
    expect(none).toEqual(['intro', 'done', 'mood', 'thinking', 'thought', 'other-view', 'after-thought', 'note']);
  });

  it('ask on where something is to hold without an answer', () => {
    const calm: QuestionnaireItem = {
      ...{ linkId: 'calm', text: 'A calm day?', type: 'boolean', enableBehavior: 'any' },
      enableWhen: [
        { question: 'thought', operator: 'exists', answerBoolean: false },
        { question: 'mood', operator: '=', answerInteger: 0 },
      ],
    };
    const all: QuestionnaireItem = { ...calm, linkId: 'all', enableBehavior: 'all' };
    const base = { ...cardVersion.questionnaire, item: [...(cardVersion.questionnaire.item ?? []), calm, all] };
    const bare = choice({ targets: [cutting] }, { columns: 'bare' });
    const own = itemsOf(ownVersion({ ...cardVersion, questionnaire: base }, bare, 'step').questionnaire.item);
    const conditions = (linkId: string) => own.find((one) => one.linkId === linkId)?.enableWhen;
    expect(conditions('calm')).toBeUndefined();
    expect(conditions('all')).toEqual([{ question: 'mood', operator: '=', answerInteger: 0 }]);
  });
});

describe('what names linkIds', () => {
  const own = ownVersion(cardVersion, two, 'step');

  it('follows: risk answers, what is kept to oneself, scores', () => {
    expect(own.safety?.map(({ linkId }) => linkId)).toEqual(['urge.n1', 'urge.drink']);
    expect(own.keptToSelf).toEqual(['thought', 'other-view', 'acted-note.n1', 'acted-note.drink']);
    expect(own.behaviourLinkId).toBe('done');
    expect(
      own.scores?.map(({ linkId, label, calculation, range }) => [linkId, label, calculation, range.most]),
    ).toEqual([
      ['urges', 'Urges together', { type: 'sum', linkIds: ['urge.n1', 'urge.drink'] }, 10],
      ['urge-percent.n1', 'Urge % (Cutting)', { type: 'scaled', of: 'urge.n1', times: 20, plus: 0 }, 100],
      [
        'urge-percent.drink',
        `Urge % (${drinking.text})`,
        { type: 'scaled', of: 'urge.drink', times: 20, plus: 0 },
        100,
      ],
    ]);
  });

  it('follows: the lines of a summary', () => {
    expect(own.summary.slice(0, 4)).toEqual([
      {
        ...{ type: 'points', label: 'Urge (Cutting)', series: 'step Urge n1' },
        ...{ linkIds: ['urge.n1'], names: ['peak'], peak: 'urge.n1' },
      },
      {
        ...{ type: 'points', label: `Urge (${drinking.text})`, series: 'step Urge drink' },
        ...{ linkIds: ['urge.drink'], names: ['peak'], peak: 'urge.drink' },
      },
      {
        ...{ type: 'items', label: 'Urges' },
        items: [
          { linkId: 'urge.n1', label: 'Cutting' },
          { linkId: 'urge.drink', label: drinking.text },
          { linkId: 'mood', label: 'mood' },
        ],
      },
      { type: 'value', label: 'Helped (A walk)', linkId: 'help.n1' },
    ]);
    expect(own.summary.map(({ label }) => label)).toContain('Before Cutting');
    expect(own.summary.find(({ label }) => label === 'All')).toEqual({
      ...{ type: 'items', label: 'All' },
      items: [
        { linkId: 'urge.n1', label: 'Cutting' },
        { linkId: 'urge.drink', label: drinking.text },
        { linkId: 'acted.n1', label: 'Acted (Cutting)' },
        { linkId: 'acted.drink', label: `Acted (${drinking.text})` },
        { linkId: 'mood', label: 'Mood', unit: 'of 5' },
      ],
    });
    expect(own.summary).toContainEqual({
      ...{ type: 'score', label: 'Urge % (Cutting)', linkId: 'urge-percent.n1', series: 'step Urge % n1' },
    });
  });

  it('is left out where nobody is asked', () => {
    const bare = ownVersion(cardVersion, choice({ targets: [] }, { columns: 'bare' }), 'step');
    expect([bare.safety, bare.scores, bare.keptToSelf]).toEqual([[], [], []]);
    expect(bare.summary).toEqual([
      { type: 'items', label: 'Urges', items: [{ linkId: 'mood', label: 'mood' }] },
      { type: 'value', label: 'Mood', linkId: 'mood', unit: 'of 5' },
      { type: 'items', label: 'All', items: [{ linkId: 'mood', label: 'Mood', unit: 'of 5' }] },
      { type: 'value', label: 'Beside', linkId: 'mood' },
    ]);
    const summary = [{ type: 'pair', label: 'Neither', planned: 'urge', actual: 'thought' }] as const;
    const neither = ownVersion({ ...cardVersion, summary }, choice({ targets: [] }, { columns: 'bare' }), 'step');
    expect(neither.summary).toEqual([]);
  });

  it('is no course any more without its peak', () => {
    const summary = [
      { type: 'points', label: 'Urge', linkIds: ['urge', 'mood'], names: ['peak', 'after'], peak: 'urge' },
    ] as const;
    const course = { ...cardVersion, summary };
    expect(ownVersion(course, choice({ targets: [] }), 'step').summary).toEqual([
      { type: 'points', label: 'Urge', linkIds: ['mood'], names: ['after'] },
    ]);
    const [named] = ownVersion(course, choice({ targets: [cutting] }), 'step').summary;
    expect(named).toMatchObject({ linkIds: ['urge.n1', 'mood'], peak: 'urge.n1' });
  });

  it('has the numbers that were chosen, or the kind’s own', () => {
    const told = choice({ targets: [cutting] }, { 'urge-told': 3 });
    expect(thresholdsOf(ownVersion(cardVersion, told, 'step'))).toEqual({ 'urge-told': 3 });
    expect(thresholdsOf(cardVersion)).toEqual({ 'urge-told': 5 });
    expect(ownVersion(cardVersion, told, 'step').safety?.map(({ linkId, test }) => [linkId, test])).toEqual([
      ['urge.n1', { type: 'at-least', value: 3, setting: 'urge-told' }],
    ]);
  });
});

describe('a whole form', () => {
  describeVersion(ownVersion(cardVersion, two, 'step'));
});

describe('the register of a plan', () => {
  const form = { version: 2, base: `${cardUrl}|1.0.0`, from: '2026-03-01T15:00:00.000Z', ...two };
  const step = { id: 'step-1', kind: 'target-card', forms: [form] };
  const canonical = ownFormCanonical(step, 2);
  const kinds = kindsOfPlan(withCard, [step]);

  it('finds its own form, whole and with what it is derived from', () => {
    expect(kinds.version(canonical)).toMatchObject({
      ...{ canonical: `${cardUrl}-step-1|2`, kind: { slug: 'target-card' } },
      questionnaire: {
        ...{ id: 'step-1.form-2', url: `${cardUrl}-step-1`, version: '2', title: 'Card', status: 'active' },
        ...{ derivedFrom: [`${cardUrl}|1.0.0`], date: form.from },
      },
    });
    expect(kinds.versions).toHaveLength(withCard.versions.length + 1);
    // what its scores must know of the form is of this form
    expect(Object.keys(kinds.version(canonical).scores?.[0]?.form?.around ?? {})).toEqual(['urge.n1', 'urge.drink']);
  });

  it('gives the same for the same, and nothing of another step’s', () => {
    const again = kindsOfPlan(withCard, [structuredClone(step)]);
    expect(again.version(canonical)).toEqual(kinds.version(canonical));
    expect(kindsOfPlan(withCard, [{ ...step, id: 'step-2' }]).find(canonical)).toBeUndefined();
    expect(withCard.find(canonical)).toBeUndefined();
  });
});
