import { expect, it } from 'vitest';
import { planChangedWords } from '../../smart-app/src/words/plan-change-words.ts';

const place = { timeZone: 'America/New_York', language: 'en-US' };
const at = '2026-03-25T19:00:00.000Z';

it.each([
  [
    { title: { from: 'Speaking up', to: 'Speaking up at work' } },
    ['Name: “Speaking up at work” instead of “Speaking up”'],
  ],
  [{ end: { from: '2026-04-12', to: '2026-04-24' } }, ['Its last day: Fri, Apr 24 instead of Sun, Apr 12']],
  [{ end: { from: '2026-04-12' } }, ['Its last day: no last day instead of Sun, Apr 12']],
  [
    { description: { from: 'a', to: 'b' }, goals: [{ id: 'g', from: 'Belief 20', to: 'Belief 30' }] },
    ['Its description was reworded', 'Goal: “Belief 30” instead of “Belief 20”'],
  ],
])('what was changed of a plan is said in words: %j', (change, words) => {
  const said = planChangedWords({ at, ...change }, place).map((text) => text.replace(/[\u2066-\u2069]/g, ''));
  expect(said).toEqual(words);
});
