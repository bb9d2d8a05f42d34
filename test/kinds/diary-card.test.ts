import { describe, expect, it } from 'vitest';
import { indexItems } from '../../src/fhir/answers/index-items.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { noticeRisk } from '../../src/homework/safety/notice-risk.ts';
import { ownVersion } from '../../src/kinds/own/own-version.ts';
import { aRecord, aState, feb } from '../homework/report/report-state.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const base = currentOf('diary-card');
const targets = [
  { id: 'bingeing', text: 'Bingeing' },
  { id: 'texts', text: 'Angry texts' },
];
const asked = { 'suicide-urge': 4, medication: 'asked', sleep: 'asked' };
const card = ownVersion(base, { settings: asked, own: { targets } }, 'step-1');

const crisis = {
  ...{ 'urge-suicide': 5, 'acted-suicide': false, 'urge-self-harm': 5, 'acted-self-harm': true },
  ...{ 'urge-quit-therapy': 3, 'urge-substances': 2, 'acted-substances': true, 'substances-amount': '4 beers' },
  ...{ 'target-urge.bingeing': 4, 'target-acted.bingeing': true, 'target-urge.texts': 0 },
  ...{ sadness: 5, shame: 5, anger: 1, misery: 5, joy: 0 },
  ...{ 'skills-distress': ['tip-skills', 'distract'], 'skills-emotion': 'opposite-action', 'skills-used': 4 },
  ...{ medication: 'not-as-prescribed', 'sleep-hours': 3.5, note: 'After the call with my mother' },
};

describe('a card', () => {
  it('of a day in crisis is told in the order of a session: life, therapy, the agreed targets, feelings, skills', () => {
    expect(logged(card, crisis).lines).toEqual([
      'Did something to end their life no',
      'Hurt themself yes',
      'Urges (0–5) suicide 5, self-harm 5, quit therapy 3, substances 2',
      'Drank or used yes',
      'What and how much: "4 beers"',
      'Targets (0–5): Bingeing 4, Angry texts 0',
      'Did “Bingeing” yes',
      'Feelings (0–5) sadness 5, shame 5, anger 1, misery 5, joy 0',
      'Getting through a crisis: TIP (cold water or exercise or slow breathing), Distract myself',
      'Emotions: Opposite action',
      'Use of skills 4 of 7',
      'Medicine Some of it, or more than planned',
      'Slept 3.5 h',
      'Note: "After the call with my mother"',
    ]);
  });

  it('becomes an Observation for each rating, and none for what was not answered', () => {
    expect(logged(card, crisis).measures.toSorted()).toEqual(
      [
        ...['urge-suicide 5', 'acted-suicide false', 'urge-self-harm 5', 'acted-self-harm true'],
        ...['urge-quit-therapy 3', 'urge-substances 2', 'acted-substances true'],
        ...['urge-target 4', 'acted-target true', 'urge-target 0'],
        ...['emotion-sadness 5', 'emotion-shame 5', 'emotion-anger 1', 'emotion-misery 5', 'emotion-joy 0'],
        ...['skills-used 4', '93832-4 3.5 h'],
      ].sort(),
    );
  });

  it('of a quiet day says so in few words', () => {
    const quiet = { 'urge-suicide': 0, 'urge-self-harm': 0, joy: 3, 'skills-used': 7, 'skills-mindfulness': 'observe' };
    expect(logged(card, quiet).lines).toEqual([
      'Urges (0–5) suicide 0, self-harm 0',
      'Feelings (0–5) joy 3',
      'Mindfulness: Observe',
      'Use of skills 7 of 7',
    ]);
  });

  it('that is blank is a card, too, and says nothing', () => {
    expect(logged(card, {})).toEqual({ lines: [], measures: [] });
  });

  it('does not tell a part that is kept, of which the rest stays whole', () => {
    const kept = logged(card, crisis, ['feelings', 'target.bingeing']);
    expect(kept.lines).toContain('Targets (0–5): Angry texts 0');
    expect(kept.lines.join()).not.toMatch(/Feelings|Bingeing/);
    expect(kept.measures.join()).not.toMatch(/emotion|urge-target 4/);
    expect(kept.lines).toContain('Urges (0–5) suicide 5, self-harm 5, quit therapy 3, substances 2');
  });

  it('asks what a plan does not leave out', () => {
    const settings = { ...asked, medication: 'not-asked', sleep: 'not-asked' };
    const short = ownVersion(base, { settings, own: { targets } }, 'step-1');
    for (const [linkId, value] of Object.entries({ medication: 'not-taken', 'sleep-hours': 5 })) {
      expect(() => readAnswers(short.questionnaire, { [linkId]: value })).toThrow();
      expect(() => readAnswers(card.questionnaire, { [linkId]: value })).not.toThrow();
    }
    expect(short.summary.map(({ label }) => label)).not.toEqual(expect.arrayContaining(['Medicine']));
  });

  it.each([
    ['a half', { sadness: 2.5 }],
    ['more than the scale', { 'urge-suicide': 6 }],
    ['a skill that is none', { 'skills-mindfulness': 'tip-skills' }],
    ['an amount of nothing', { 'acted-substances': false, 'substances-amount': '3 beers' }],
    ['a target of another card', { 'target-urge.other': 3 }],
  ])('takes no %s', (_what, answers) => {
    expect(() => readAnswers(card.questionnaire, answers)).toThrow();
  });
});

/** The rules that each of a week's cards raises, the first day's first; what an earlier card said is known to the later ones. */
function raised(cards: readonly Readonly<Record<string, unknown>>[], from = 4): readonly string[] {
  const own = ownVersion(base, { settings: { ...asked, 'suicide-urge': from }, own: { targets } }, 'step-1');
  const rules = {
    behaviourLinkId: () => undefined,
    safetyOf: () => own.safety ?? [],
  };
  const logs = cards.map((answers, day) =>
    aRecord({
      ...{ id: `l${day}`, performedAt: feb(day + 1), authored: feb(day + 1) },
      items: readAnswers(own.questionnaire, answers, { complete: true }),
    }),
  );
  return logs.map((log, day) => {
    const state = aState({ logs: logs.slice(0, day + 1) });
    const { noticed = [] } = noticeRisk(state, { logId: log.id, before: undefined }, rules);
    return noticed.map(({ rule, evidence }) => `${rule} by ${evidence.linkId} ${evidence.value}`).join(', ');
  });
}

const act = 'acted-on-self-harm by';
describe('what a card raises', () => {
  it.each([
    ['nothing', {}, ''],
    ['no act', { 'acted-suicide': false, 'acted-self-harm': false }, ''],
    ['urges below the threshold', { 'urge-suicide': 3 }, ''],
    ['an urge at the threshold', { 'urge-suicide': 4 }, 'suicide-urge by urge-suicide 4'],
    ['the strongest urge', { 'urge-suicide': 5 }, 'suicide-urge by urge-suicide 5'],
    ['urges that are no risk to life', { 'urge-quit-therapy': 5, 'urge-substances': 5, 'acted-substances': true }, ''],
    ['a strong urge to hurt oneself that was resisted', { 'urge-self-harm': 5, 'acted-self-harm': false }, ''],
    ['an act without an urge', { 'urge-suicide': 0, 'acted-suicide': true }, `${act} acted-suicide true`],
    ['self-harm', { 'acted-self-harm': true }, `${act} acted-self-harm true`],
    ['a target that was acted on', { 'target-urge.texts': 5, 'target-acted.texts': true }, ''],
  ])('%s', (_what, answers, rules) => {
    expect(raised([answers])).toEqual([rules]);
  });

  it('each card for itself, and a sudden rise since the last that said how strong it was', () => {
    const urges = [1, 3, 4, 4, 0, undefined, 1, 2, 5];
    const cards = urges.map((urge) => (urge === undefined ? {} : { 'urge-suicide': urge }));
    expect(raised(cards)).toEqual([
      '',
      'sudden-rise by urge-suicide 3',
      'suicide-urge by urge-suicide 4',
      'suicide-urge by urge-suicide 4',
      '',
      '',
      '',
      '',
      'suicide-urge by urge-suicide 5, sudden-rise by urge-suicide 5',
    ]);
  });

  it('for each reason that its own words name, and no other', () => {
    const said = indexItems(card.questionnaire).get('urges-told')?.item.text;
    expect(said).toContain('if you acted on suicide or self-harm');
    expect(said).toContain('if your urge to end your life is high or has gone up a lot');
    expect((card.safety ?? []).map(({ linkId, test }) => `${linkId} ${test.type}`)).toEqual([
      'acted-suicide acted',
      'acted-self-harm acted',
      'urge-suicide at-least',
      'urge-suicide rise',
    ]);
  });

  it('from the urge on that the plan has chosen', () => {
    const cards = [{ 'urge-suicide': 2 }, { 'urge-suicide': 3 }];
    expect(raised(cards, 3)).toEqual(['', 'suicide-urge by urge-suicide 3']);
    expect(raised(cards, 2)).toEqual(['suicide-urge by urge-suicide 2', 'suicide-urge by urge-suicide 3']);
    expect(raised([{ 'urge-suicide': 4 }], 5)).toEqual(['']);
  });
});
