import { expect, it } from 'vitest';
import { talkedOverWords } from '../../smart-app/src/words/talked-over-words.ts';
import type { BarrierView } from '../../src/contract/app/plan-view.ts';

const place = { timeZone: 'America/New_York', language: 'en-US' };
const people = { reader: 'Practitioner/okafor', names: new Map([['Practitioner/haddad', 'Dr. Rami Haddad']]) };
const source = { clientId: 'product', name: 'Homework product (demo)' };

it.each<[string, BarrierView['talkedOver'], string]>([
  ['before it was kept', undefined, 'Talked over on Wed, Mar 25'],
  ['by who reads it', { by: 'Practitioner/okafor' }, 'You talked it over on Wed, Mar 25'],
  ['by somebody known', { by: 'Practitioner/haddad' }, 'Dr. Rami Haddad talked it over on Wed, Mar 25'],
  ['by somebody whose name may not be read', { by: 'Practitioner/x' }, 'A clinician talked it over on Wed, Mar 25'],
  [
    'as a source told, naming nobody',
    { reportedBy: { source } },
    'Talked over on Wed, Mar 25, told by Homework product (demo)',
  ],
  [
    'as a source told of the reader: never “you”',
    { by: 'Practitioner/okafor', reportedBy: { person: 'Practitioner/okafor', source } },
    'A clinician talked it over on Wed, Mar 25, as told by Homework product (demo)',
  ],
])('who talked it over: %s', (_who, talkedOver, words) => {
  const barrier = { talkedOverAt: '2026-03-25T19:00:00.000Z', ...(talkedOver && { talkedOver }) } as BarrierView;
  expect(talkedOverWords(barrier, place, people)).toBe(words);
});
