import { planForReader } from '../../src/http/app/plan-for-reader.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { listWorklist, worklistSorts } from '../../src/record/roster/worklist.ts';
import { readPlans } from '../../src/record/store/read-plans.ts';
import { previewReport } from '../../src/record/use-cases/preview-report.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { fillDiaries, type SetClock } from './fill-diaries.ts';
import { median } from './median.ts';

const today = '2027-03-10T22:00:00.000Z';
const dayMs = 86_400_000;

/** What is done with a year of daily homework as with a week of it, in milliseconds. */
export interface YearBesideWeek {
  readonly name: string;
  readonly year: number;
  readonly week: number;
}

/**
 * Milliseconds of the pages and of the sweep, where patients have kept a diary card a day for a week and where they have for a year: both in
 * one database and in turn, of each the middle one.
 */
export async function yearBesideWeek(database: Database, patients: number): Promise<readonly YearBesideWeek[]> {
  const clock: SetClock = { at: today, now: () => new Date(clock.at) };
  const tenantOf = (id: string) => ({ id, name: id, timeZone: 'America/New_York', language: 'en', sandbox: false });
  const record = openRecord({
    ...{ database, clock, publicUrl: 'http://127.0.0.1:4000', responseSecret: 'bench' },
    tenants: [tenantOf('week'), tenantOf('year')],
    verifyPatient: async () => 'known',
  });
  const ages = { week: 7, year: 365 } as const;
  const fill = (tenant: keyof typeof ages) =>
    fillDiaries({ database, record, clock }, tenant, { patients, today, days: ages[tenant] });
  const plans = { week: await fill('week'), year: await fill('year') };
  for (const table of ['plan', 'occurrence', 'log', 'resource', 'ledger', 'patient', 'roster_patient', 'assignment'])
    await database.query(`vacuum analyze ${table}`);
  clock.at = today;

  const page = async (tenant: string, patientId: string) => {
    const views = await readPlans(record, tenant, { patientId, reader: 'patient' });
    return JSON.stringify(views.map((view) => planForReader(view, 'patient', { sources: [] }))).length;
  };
  const sinceVisit = (tenant: string, planId: string) =>
    previewReport(record, tenant, { planId, from: new Date(Date.parse(today) - 7 * dayMs).toISOString() });
  const worklist = async (tenant: string) => {
    for (const sort of worklistSorts) await listWorklist(record, tenant, { sort });
  };
  const inTurn = async (
    name: string,
    work: (tenant: keyof typeof ages, number: number) => Promise<unknown>,
    rounds = 15,
  ) => {
    const times = { week: [] as number[], year: [] as number[] };
    for (let round = -3; round < rounds; round += 1)
      for (const tenant of ['week', 'year'] as const) {
        const started = performance.now();
        await work(tenant, round + 3);
        if (round >= 0) times[tenant].push(performance.now() - started);
      }
    return { name, year: median(times.year), week: median(times.week) };
  };
  const of = (tenant: keyof typeof ages, number: number) => {
    const plan = plans[tenant][number % plans[tenant].length];
    if (plan === undefined) throw new Error('there are plans');
    return plan;
  };
  return [
    await inTurn('worklist', (tenant) => worklist(tenant)),
    await inTurn('since the last visit', (tenant, number) => sinceVisit(tenant, of(tenant, number).planId)),
    await inTurn('patient’s page', (tenant, number) => page(tenant, of(tenant, number).patientId)),
    await inTurn(
      `sweep of ${plans.year.length} plans when a day begins`,
      async (tenant, number) => {
        clock.at = new Date(Date.parse('2027-03-11T12:00:00.000Z') + number * dayMs).toISOString();
        const { swept, failed } = await sweepPlans(record, [tenant]);
        if (swept !== plans[tenant].length || failed.length > 0)
          throw new Error(`swept ${swept}: this was no measurement`);
      },
      7,
    ),
  ];
}
