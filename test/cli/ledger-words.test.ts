import { describe, expect, it } from 'vitest';
import { reasonWords } from '../../src/cli/ledger-words.ts';
import { everyReason } from '../homework/ledger/sample-reasons.ts';

describe('why a row stands as it does, on a line of the terminal', () => {
  it.each(everyReason)('$code is said in few words', (why) => {
    const said = reasonWords({ reason: 'in the words of the service', waitingFor: null, because: why });
    expect(said.length).toBeGreaterThan(10);
    expect(said.length).toBeLessThan(110);
    expect(said).not.toMatch(/undefined|null|object Object|\n/);
    // of what stays in the app the landing table's own words say why
    expect(said === 'in the words of the service').toBe(why.code === 'app-only');
  });

  it('is the same by either name', () => {
    const why = { code: 'encounter', rule: 'latest-open' };
    expect(reasonWords({ waitingFor: why })).toBe('for an open encounter');
    expect(reasonWords({ because: why })).toBe('for an open encounter');
  });

  it.each([
    ['an older service, which tells no codes', { reason: 'for an encounter' }],
    ['a newer one, which tells another', { reason: 'for an encounter', waitingFor: { code: 'moon-phase', phase: 3 } }],
    ['one whose code is a name of the language', { reason: 'for an encounter', because: { code: 'constructor' } }],
    ['a person', { reason: 'for an encounter', waitingFor: null, because: null }],
  ])('is what the service says, of %s', (_whom, row) => {
    expect(reasonWords(row)).toBe('for an encounter');
  });

  it('is nothing where nothing is said', () => {
    expect(reasonWords({ reason: null, waitingFor: null, because: null })).toBe('');
  });
});
