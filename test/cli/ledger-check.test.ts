import { afterEach, expect, it, vi } from 'vitest';
import type { BackendClient } from '../../src/cli/backend-client.ts';
import { checkLedger } from '../../src/cli/ledger-check.ts';

const at = '2026-03-25T19:00:00.000Z';
const said = vi.spyOn(console, 'log').mockImplementation(() => {});
afterEach(() => said.mockClear());

/** A service whose check has found these kinds. */
function serviceThatFound(kinds: readonly string[], more: object = {}): BackendClient {
  const check = {
    ...{ id: 'check-1', state: 'finished', startedAt: at, finishedAt: at, checked: 9, unchecked: 0, problem: null },
    ...{ differences: kinds.length, repair: false, kinds: Object.fromEntries(kinds.map((kind) => [kind, 1])), ...more },
  };
  const differences = kinds.map((kind) => ({
    ...{ artefact: 'occurrence', id: `o-${kind}`, kind, reference: 'Task/7', others: [], detail: 'as it was found' },
    ...{ repaired: null, meanwhile: null, foundAt: at },
  }));
  return {
    request: async (method) => ({
      ...{ status: 200, headers: new Headers() },
      body: method === 'POST' ? check : { check, differences },
    }),
  };
}
const words = () => said.mock.calls.map(([line]) => String(line)).join('\n');

it.each([
  [['missing'], /“ledger check --repair” sends again/, undefined],
  [['other-patient'], /“ledger check --repair” mends none of it/, /have it moved back there/],
  [['doubled', 'altered'], /“ledger check --repair” sends again/, /all but one marked as a mistake/],
  [['doubled'], undefined, /all but one marked as a mistake/],
  [['beyond-repair'], undefined, /put right in the EHR by hand/],
])('of %o says whether a repair can do something, and what a person has to', async (kinds, offer, todo) => {
  expect(await checkLedger(serviceThatFound(kinds), {})).toBe(1);
  if (offer === undefined) expect(words()).not.toContain('--repair');
  else expect(words()).toMatch(offer);
  if (todo === undefined) expect(words().split('\n')).toHaveLength(3);
  else expect(words()).toMatch(todo);
});

it.each([{ repair: true }, { state: 'waiting', finishedAt: null, problem: 'the EHR answers 503' }])(
  'offers no repair after one, nor before the end: %o',
  async (more) => {
    expect(await checkLedger(serviceThatFound(['missing'], more), {})).toBe(1);
    expect(words()).not.toContain('--repair');
  },
);
