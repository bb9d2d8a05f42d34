import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { openRecord } from '../../src/record/open-record.ts';
import type { Worklist } from '../../src/record/roster/asked-worklist.ts';
import { flaggedPatients, listWorklist, worklistFilters, worklistSorts } from '../../src/record/roster/worklist.ts';
import { fillRoster, rosterTenant } from './fill-roster.ts';

/** Every list that a coordinator can ask for, by name. */
export function everyWorklist(): ReadonlyMap<string, Worklist> {
  const lists = new Map<string, Worklist>();
  const narrowings: readonly (readonly [string, Partial<Worklist>])[] = [
    ['', {}],
    [', of a clinician', { clinician: 'Practitioner/dr-3' }],
    [', of nobody', { clinician: 'Practitioner/nobody' }],
    [', title of many', { search: { text: 'small steps', patientIds: [] } }],
    [', title of some', { search: { text: 'steps 1', patientIds: [] } }],
    [', title of few', { search: { text: 'ebra cross', patientIds: ['p9'] } }],
    [', title of none', { search: { text: 'qqxyz', patientIds: [] } }],
  ];
  for (const sort of worklistSorts)
    for (const filter of [undefined, ...worklistFilters])
      for (const [name, narrowing] of narrowings)
        lists.set(`${filter ?? 'all'} by ${sort}${name}`, {
          sort,
          ...(filter === undefined ? {} : { filter }),
          ...narrowing,
        });
  return lists;
}

/** Milliseconds by the name of a list. */
type Times = ReadonlyMap<string, number>;

/** What is measured of each list with few and with many patients; a list that seems to take too long is looked at again. */
const [times, again, tooLong] = [15, 4, 3] as const;

/**
 * Milliseconds of the first page of every list, and of the counts, with few patients and with many: in turn, so that whatever
 * else the machine does falls on both, and of each the best, as a millisecond on a machine with other work is mostly the
 * other work.
 */
export async function worklistTimes(
  few: { readonly database: Database; readonly patients: number },
  many: { readonly database: Database; readonly patients: number },
): Promise<{ readonly few: Times; readonly many: Times }> {
  const sides = [few, many].map(({ database }) => ({ record: recordOf(database), best: new Map<string, number>() }));
  for (const { database, patients } of [few, many]) await fillRoster(database, patients);
  const measure = async (name: string, work: (record: HomeworkRecord) => Promise<unknown>): Promise<void> => {
    // a statement gets its plan kept after some turns: what a service does all day is measured, not the first time
    for (let time = -8; time < times; time += 1) {
      for (const { record, best } of sides) {
        const started = performance.now();
        await work(record);
        const taken = performance.now() - started;
        if (time >= 0) best.set(name, Math.min(taken, best.get(name) ?? taken));
      }
    }
  };
  const works = worksOf();
  const ratio = (name: string) => (sides[1]?.best.get(name) ?? 0) / (sides[0]?.best.get(name) ?? 0);
  for (const [name, work] of works) {
    for (let time = 0; time <= again; time += 1) {
      await measure(name, work);
      if (ratio(name) <= tooLong) break;
    }
  }
  return { few: sides[0]?.best ?? new Map(), many: sides[1]?.best ?? new Map() };
}

function worksOf(): ReadonlyMap<string, (record: HomeworkRecord) => Promise<unknown>> {
  const lists = [...everyWorklist()].map(
    ([name, list]) => [name, (record: HomeworkRecord) => listWorklist(record, rosterTenant, list)] as const,
  );
  return new Map<string, (record: HomeworkRecord) => Promise<unknown>>([
    ...lists,
    ['counts', (record) => flaggedPatients(record, rosterTenant, {})],
    ['counts, of a clinician', (record) => flaggedPatients(record, rosterTenant, { clinician: 'Practitioner/dr-3' })],
  ]);
}

function recordOf(database: Database): HomeworkRecord {
  return openRecord({
    database,
    clock: systemClock,
    publicUrl: 'http://127.0.0.1:4000',
    responseSecret: 'bench',
    tenants: [{ id: rosterTenant, name: 'Bench', timeZone: 'UTC', language: 'en', sandbox: false }],
    verifyPatient: async () => 'known',
  });
}

/** How much longer each takes with many patients than with few: one figure for each filter and sort, the worst of its narrowings. */
export function worklistRatios(
  few: Times,
  many: Times,
): { name: string; ratio: number; anchor: string; held: boolean }[] {
  const groups = Map.groupBy(few.keys(), groupOf);
  return [...groups].map(([group, names]) => {
    const ratios = names.map((name) => ({ name, ratio: (many.get(name) ?? Number.NaN) / (few.get(name) ?? 0) }));
    const worst = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    const ms = (list: Times) => (list.get(worst.name) ?? Number.NaN).toPrecision(3);
    const anchor = `${worst.name}: ${ms(many)} ms at 100k, ${ms(few)} ms at 1k`;
    return {
      name: `coordinator’s list, ${group}, 100k ÷ 1k patients, PostgreSQL`,
      ratio: worst.ratio,
      anchor,
      held: !toldOnly.includes(group),
    };
  });
}

/** What grows by its nature: counts up to their bound, and a text that one title in twenty has (its plans are sorted). Told only. */
export const toldOnly: readonly string[] = ['counts', 'a text of some titles'];

const groupOf = (name: string): string =>
  name.endsWith('title of some') ? 'a text of some titles' : (name.split(',', 1)[0] ?? '');
