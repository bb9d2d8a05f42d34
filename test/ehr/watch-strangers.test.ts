import { expect, it } from 'vitest';
import type { EhrFailure } from '../../src/ehr/ehr-failure.ts';
import { watchStrangers } from '../../src/ehr/watch-strangers.ts';

const page: EhrFailure = { status: 404, outcome: 'a page', disposition: 'retry', stranger: { status: 404 } };
const minute = 60_000;
const begin = Date.parse('2026-03-02T15:00:00.000Z');

function open() {
  let at = begin;
  const watch = watchStrangers({ now: () => new Date(at) });
  return { ...watch, pass: (ms: number) => (at += ms) };
}

it('counts them from the first, for reads and writes apart, until the EHR itself answers there', () => {
  const watch = open();
  watch.heard('read', page);
  watch.pass(minute);
  watch.heard('read', page);
  watch.heard('write', page);
  expect(watch.now()).toEqual([
    { status: 404, lane: 'read', since: new Date(begin), at: new Date(begin + minute), times: 2 },
    { status: 404, lane: 'write', since: new Date(begin + minute), at: new Date(begin + minute), times: 1 },
  ]);
  // nobody answered: that says nothing of who does
  watch.heard('read', { outcome: 'no answer: EHR_LATE', disposition: 'retry', late: true });
  expect(watch.now()).toHaveLength(2);
  watch.heard('read', { status: 422, outcome: 'refused', disposition: 'reject' });
  expect(watch.now()).toMatchObject([{ lane: 'write' }]);
  watch.heard('write', undefined);
  expect(watch.now()).toEqual([]);
});

it.each([10 * minute + 1, 366 * 24 * 60 * minute])('forgets who was not met again for %i ms', (ms) => {
  const watch = open();
  watch.heard('write', page);
  watch.pass(ms);
  expect(watch.now()).toEqual([]);
});

it.each([60 * minute, 366 * 24 * 60 * minute])('forgets whom it met while the clock was %i ms ahead', (ms) => {
  const watch = open();
  watch.pass(ms);
  watch.heard('write', page);
  expect(watch.now()).toHaveLength(1);
  watch.pass(-ms);
  expect(watch.now()).toEqual([]);
  watch.heard('write', page);
  expect(watch.now()).toMatchObject([{ since: new Date(begin), times: 1 }]);
});
