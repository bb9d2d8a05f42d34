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
  [`silent since ${since}`, { state: 'silent', since, requestKinds: ['create Task'] }, []],
  [
    `slow since ${since}: create Task, search Task`,
    { state: 'slow', since, requestKinds: ['create Task', 'search Task'] },
    [],
  ],
  [
    `answered-by-another; slow since ${since}: create Flag`,
    { state: 'slow', since, requestKinds: ['create Flag'] },
    [stranger],
  ],
])('health says "%s" of an EHR', async (said, pulse, strangers) => {
  const ehr = { tenantId: 't', landings: async () => [], strangers: () => strangers, pulse: () => pulse };
  const watch = await watchEhrs(new Map([['t', ehr]]), quiet);
  expect(watch.parts()).toEqual({ 'ehr t': said });
  watch.stop();
});
