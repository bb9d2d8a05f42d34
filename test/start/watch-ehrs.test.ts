import { expect, it } from 'vitest';
import type { StrangerInLane } from '../../src/ehr/watch-strangers.ts';
import type { EhrPulse } from '../../src/foundation/ehr-pulse.ts';
import { watchEhrs } from '../../src/start/watch-ehrs.ts';

const since = '2026-03-02T15:00:00.000Z';
const stranger: StrangerInLane = { lane: 'read', status: 404, since: new Date(since), at: new Date(since), times: 1 };
const quiet = { info: () => {}, warn: () => {} };

it.each<[string, EhrPulse, readonly StrangerInLane[]]>([
  ['ok', { state: 'answers' }, []],
  ['answered-by-another', { state: 'answers' }, [stranger]],
  [`silent since ${since}`, { state: 'silent', since, how: 'late', requestKinds: ['create Task'] }, []],
  [
    `slow since ${since}: create Task, search Task`,
    { state: 'slow', since, how: 'late', requestKinds: ['create Task', 'search Task'] },
    [],
  ],
  [
    `answered-by-another; slow since ${since}: create Flag`,
    { state: 'slow', since, how: 'cut', requestKinds: ['create Flag'] },
    [stranger],
  ],
])('health says "%s" of an EHR', async (said, pulse, strangers) => {
  const ehr = {
    tenantId: 't',
    landings: async () => [],
    strangers: () => strangers,
    hold: () => undefined,
    pulse: () => pulse,
    knock: async () => {},
  };
  const watch = await watchEhrs(new Map([['t', ehr]]), quiet);
  expect(watch.parts()).toEqual({ 'ehr t': said });
  watch.stop();
});

it('an EHR that falls silent is said once, in health at once, and once when it is back', async () => {
  const said: unknown[] = [];
  const say = (_: unknown, words?: string): void => void said.push(words);
  const logger = { info: say, warn: say };
  let pulse: EhrPulse = { state: 'answers' };
  const asked: number[] = [];
  const ehr = {
    ...{ tenantId: 't', landings: async () => [], strangers: () => [], hold: () => undefined, pulse: () => pulse },
    knock: async (withinMs: number) => {
      asked.push(withinMs);
    },
  };
  const watch = await watchEhrs(new Map([['t', ehr]]), logger);
  await watch.listen(5);
  pulse = { state: 'silent', how: 'unreached', since, requestKinds: ['read Patient'] };
  await watch.listen(5);
  await watch.listen(5);
  expect(watch.parts()).toEqual({ 'ehr t': `silent since ${since}` });
  pulse = { state: 'answers' };
  await watch.listen(0);
  expect(watch.parts()).toEqual({ 'ehr t': 'ok' });
  expect(asked).toEqual([5, 5, 5, 0]);
  expect(said).toEqual([
    'EHR asked',
    'EHR does not answer; its homework is kept and delivered later',
    'EHR answers again',
  ]);
  watch.stop();
});

it.each([401, 503])('health says that an EHR takes no deliveries, and what it answers: %s', async (status) => {
  const ehr = {
    ...{ tenantId: 't', landings: async () => [], strangers: () => [], knock: async () => {} },
    ...{ pulse: () => ({ state: 'answers' }) as const, hold: () => ({ since: new Date(since), status }) },
  };
  const watch = await watchEhrs(new Map([['t', ehr]]), quiet);
  expect(watch.parts()).toEqual({ 'ehr t': `takes no deliveries since ${since}: ${status}` });
  watch.stop();
});
