import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateRange } from '../../src/fhir/search/date-range.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { keepSearchZones } from '../../src/record/store/keep-search-zones.ts';
import { searchResources } from '../../src/record/store/search-resources.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
  await keepSearchZones(test.record);
  await createPlan(test.record, 'north', { ...sarahsPlan, period: { start: '2026-03-02', end: '2026-04-29' } });
  await createPlan(test.record, 'south', { ...sarahsPlan, period: { start: '2026-03-02' } });
}, 30_000);
afterAll(() => test.close());

/** The same database under a tenants file in which this clinic has another zone. */
function moved(tenantId: string, timeZone: string): HomeworkRecord {
  const tenants = [...test.record.tenants].map(
    ([id, tenant]) => [id, id === tenantId ? { ...tenant, timeZone } : tenant] as const,
  );
  return { ...test.record, tenants: new Map(tenants) };
}

/** How many plans begin or end on exactly that day, as the zone has it. */
async function found(
  tenantId: string,
  prefix: 'ge' | 'le' | 'sa' | 'eb',
  day: string,
  timeZone: string,
): Promise<number> {
  const range = dateRange(day, timeZone) ?? { low: '', high: '' };
  const { matches } = await searchResources(test.record, tenantId, {
    ...{ type: 'CarePlan', count: 10, include: [], revinclude: [], summaryCount: false },
    filters: [{ param: 'date', anyOf: [{ type: 'date', prefix, ...range }] }],
  });
  return matches.length;
}

describe('days that are written down for search', () => {
  it('are days of the zone that the tenant has, and are written anew when it gets another', async () => {
    const edges = async (zone: string) => [
      await found('north', 'sa', '2026-03-01', zone),
      await found('north', 'sa', '2026-03-02', zone),
      await found('north', 'eb', '2026-04-30', zone),
      await found('north', 'eb', '2026-04-29', zone),
    ];
    const right = [1, 0, 1, 0];
    expect(await edges('America/New_York')).toEqual(right);
    for (const zone of ['Pacific/Auckland', 'UTC', 'America/Los_Angeles', 'Asia/Kolkata']) {
      expect(await edges(zone), `before the clinic moves to ${zone}`).not.toEqual(right);
      await keepSearchZones(moved('north', zone));
      expect(await edges(zone), `after the clinic moved to ${zone}`).toEqual(right);
    }
    // the other clinic stayed where it is
    expect(await found('south', 'sa', '2026-03-01', 'America/New_York')).toBe(1);
    expect(await found('south', 'sa', '2026-03-02', 'America/New_York')).toBe(0);
  });

  it('are written anew when an earlier version, which knew UTC alone, has written them', async () => {
    await keepSearchZones(moved('south', 'UTC'));
    await test.database.query(`delete from search_zone where tenant = 'south'`);
    expect(await found('south', 'sa', '2026-03-01', 'America/New_York')).toBe(0);
    await keepSearchZones(test.record);
    expect(await found('south', 'sa', '2026-03-01', 'America/New_York')).toBe(1);
  });
});
