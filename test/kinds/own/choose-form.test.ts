import { describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import type { FormChoice } from '../../../src/homework/plan/own-form.ts';
import { chooseForm, fittingChoice, type GivenForm } from '../../../src/kinds/own/choose-form.ts';
import { differsFromKind } from '../../../src/kinds/own/own-version.ts';
import { catchError } from '../describe-kind.ts';
import { cardVersion } from './target-card.ts';

const choose = (given: GivenForm, earlier: readonly FormChoice[] = []) =>
  chooseForm(cardVersion, given, { earlier, field: 'form' });
const targets = (...names: readonly { readonly id?: string; readonly text: string }[]): GivenForm => ({
  own: { targets: names },
});
const named = (...texts: readonly string[]) => targets(...texts.map((text) => ({ text })));
const ids = ({ own }: FormChoice) => own.targets?.map(({ id, text }) => [id, text]);
const issuesOf = (given: GivenForm) => {
  const refused = catchError(() => choose(given));
  return hasCode(refused, 'invalid-request') ? refused.fields.issues.map(({ path, problem }) => [path, problem]) : [];
};

describe('a choice', () => {
  it('is whole: what is not given is as the kind has it', () => {
    expect(choose({})).toEqual({
      settings: { columns: 'all', 'urge-told': 5 },
      own: { targets: [{ id: 'urge-one', text: 'the urge you spoke about' }], helps: [] },
    });
  });

  it('keeps what was chosen before where nothing is said of it', () => {
    const first = choose({ settings: { columns: 'short' }, own: { targets: [{ text: 'Cutting' }], helps: [] } });
    const next = choose({ settings: { 'urge-told': 3 } }, [first]);
    expect(next).toEqual({ ...first, settings: { columns: 'short', 'urge-told': 3 } });
  });
});

describe('the ids of names', () => {
  it('are given in order, and never one that a default or another has', () => {
    expect(ids(choose(named('Cutting', 'Drinking')))).toEqual([
      ['n1', 'Cutting'],
      ['n2', 'Drinking'],
    ]);
    expect(ids(choose(targets({ text: 'Cutting' }, { id: 'n1', text: 'Drinking' })))).toEqual([
      ['n2', 'Cutting'],
      ['n1', 'Drinking'],
    ]);
    expect(ids(choose(named('The  urge you spoke about', 'Cutting')))).toEqual([
      ['urge-one', 'The  urge you spoke about'],
      ['n1', 'Cutting'],
    ]);
  });

  it('stay when a text changes, with the id; the same text without one is the same name', () => {
    const first = choose(named('Cutting', 'Drinking'));
    const renamed = choose(targets({ id: 'n1', text: 'Hurting myself' }, { text: 'drinking ' }), [first]);
    expect(ids(renamed)).toEqual([
      ['n1', 'Hurting myself'],
      ['n2', 'drinking'],
    ]);
  });

  it('are never another name’s: not of one that was taken out, nor of one that was called so once', () => {
    const first = choose(named('Cutting', 'Drinking'));
    const without = choose(named('Cutting'), [first]);
    const other = choose(named('Cutting', 'Gambling'), [first, without]);
    expect(ids(other)).toEqual([
      ['n1', 'Cutting'],
      ['n3', 'Gambling'],
    ]);
    const renamed = choose(targets({ id: 'n1', text: 'Hurting myself' }), [first]);
    expect(ids(choose(named('Hurting myself', 'Cutting'), [first, renamed]))).toEqual([
      ['n1', 'Hurting myself'],
      ['n3', 'Cutting'],
    ]);
  });

  it('come back with a name that was taken out and is named again', () => {
    const first = choose(named('Cutting', 'Drinking'));
    const without = choose(named('Cutting'), [first]);
    expect(ids(choose(named('Drinking', 'Cutting'), [first, without]))).toEqual([
      ['n2', 'Drinking'],
      ['n1', 'Cutting'],
    ]);
  });

  it('are not taken from one that is given with it', () => {
    const first = choose(named('Cutting', 'Drinking'));
    // the two change their texts with each other, one of them by its id alone
    expect(ids(choose(targets({ id: 'n2', text: 'Cutting' }, { text: 'Drinking' }), [first]))).toEqual([
      ['n2', 'Cutting'],
      ['n3', 'Drinking'],
    ]);
  });
});

describe('what is refused, by its field', () => {
  it.each<readonly [string, GivenForm, readonly (readonly [string, string])[]]>([
    ['none of a part', targets(), [['form.own.targets', 'needs at least 1, and has 0']]],
    ['too many', named('a', 'b', 'c', 'd'), [['form.own.targets', 'takes at most 3, and has 4']]],
    ['an empty text', named('a', ' \u200b '), [['form.own.targets[1].text', 'is empty']]],
    ['the same text', named('Cutting', ' cutting'), [['form.own.targets[1].text', 'is said twice']]],
    ['a long text', named('x'.repeat(201)), [['form.own.targets[0].text', 'is longer than 200 characters']]],
    [
      'the same id',
      targets({ id: 'a', text: 'a' }, { id: 'a', text: 'b' }),
      [['form.own.targets[1].id', 'is given twice']],
    ],
    [
      'an id that is none',
      targets({ id: 'A.b', text: 'a' }),
      [['form.own.targets[0].id', 'must be a small letter, then letters, digits and hyphens, at most 32 in all']],
    ],
    [
      'a part that there is not',
      { own: { rungs: [] } },
      [['form.own.rungs', 'is no part of this form that a plan names; it has targets, helps']],
    ],
    [
      'a setting that there is not',
      { settings: { color: 'red' } },
      [['form.settings.color', 'is no setting of this form; it has columns, urge-told']],
    ],
    [
      'an option that there is not',
      { settings: { columns: 'nine' } },
      [['form.settings.columns', 'must be one of all, short, bare']],
    ],
    [
      'a word for a number',
      { settings: { 'urge-told': 'high' } },
      [['form.settings.urge-told', 'must be a whole number from 1 to 5']],
    ],
    [
      'a number beyond',
      { settings: { 'urge-told': 6 } },
      [['form.settings.urge-told', 'must be a whole number from 1 to 5']],
    ],
    [
      'a part of one, of a scale of whole numbers',
      { settings: { 'urge-told': 2.5 } },
      [['form.settings.urge-told', 'must be a whole number from 1 to 5']],
    ],
    [
      'a number for a word',
      { settings: { columns: 3 } },
      [['form.settings.columns', 'must be one of all, short, bare']],
    ],
  ])('%s', (_what, given, issues) => {
    expect(issuesOf(given)).toEqual(issues);
  });

  it('all of it at once', () => {
    expect(issuesOf({ settings: { columns: 'nine' }, own: { targets: [], rungs: [] } })).toHaveLength(3);
  });

  it('of a kind that has nothing of the plan’s own', () => {
    const refused = catchError(() => chooseForm({}, named('a'), { earlier: [], field: 'smaller.form' }));
    expect(hasCode(refused, 'invalid-request') && refused.fields.issues).toEqual([
      { path: 'smaller.form.own.targets', problem: 'is no part of this form that a plan names; it has none' },
    ]);
  });
});

describe('a form like another’s', () => {
  it('takes over what it has a place for', () => {
    const choice = choose({ settings: { columns: 'short' }, ...named('Cutting') });
    const [part] = cardVersion.ownParts ?? [];
    if (part === undefined) throw new Error('the card has a part');
    expect(fittingChoice({ ownParts: [part] }, choice)).toEqual({
      settings: {},
      own: { targets: [{ id: 'n1', text: 'Cutting' }] },
    });
    expect(fittingChoice({ ownParts: [{ ...part, least: 2 }] }, choice)).toEqual({ settings: {}, own: {} });
  });
});

it('a form with nothing of the plan’s own in it is the kind’s', () => {
  const { ownParts: _named, ...onlySettings } = cardVersion;
  const whole = (settings: FormChoice['settings']): FormChoice => ({
    settings: { columns: 'all', 'urge-told': 5, ...settings },
    own: {},
  });
  expect(differsFromKind(onlySettings, whole({}))).toBe(false);
  expect(differsFromKind(onlySettings, whole({ columns: 'short' }))).toBe(true);
  expect(differsFromKind(onlySettings, whole({ 'urge-told': 4 }))).toBe(true);
  expect(differsFromKind(cardVersion, choose({}))).toBe(true);
});
