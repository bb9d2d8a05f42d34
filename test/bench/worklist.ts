import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
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

/** Milliseconds of the first page of every list, and of the counts, with so many patients. */
export async function worklistMs(
  database: Database,
  patients: number,
  times = 15,
): Promise<ReadonlyMap<string, number>> {
  await fillRoster(database, patients);
  const record = openRecord({
    database,
    clock: systemClock,
    publicUrl: 'http://127.0.0.1:4000',
    responseSecret: 'bench',
    tenants: [{ id: rosterTenant, name: 'Bench', timeZone: 'UTC', language: 'en', sandbox: false }],
    verifyPatient: async () => 'known',
  });
  const measured = new Map<string, number>();
  const measure = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const taken: number[] = [];
    // a statement gets its plan kept after some turns: what a service does all day is measured, not the first time
    for (let time = -8; time < times; time += 1) {
      const started = performance.now();
      await work();
      if (time >= 0) taken.push(performance.now() - started);
    }
    // the best of them: a millisecond on a machine with other work is mostly the other work
    measured.set(name, Math.min(...taken));
  };
  for (const [name, list] of everyWorklist()) await measure(name, () => listWorklist(record, rosterTenant, list));
  await measure('counts', () => flaggedPatients(record, rosterTenant, {}));
  await measure('counts, of a clinician', () =>
    flaggedPatients(record, rosterTenant, { clinician: 'Practitioner/dr-3' }),
  );
  return measured;
}

/** How much longer each takes with many patients than with few: one figure for each filter and sort, the worst of its narrowings. */
export function worklistRatios(
  few: ReadonlyMap<string, number>,
  many: ReadonlyMap<string, number>,
): { name: string; ratio: number; anchor: string; held: boolean }[] {
  const groups = Map.groupBy(few.keys(), groupOf);
  return [...groups].map(([group, names]) => {
    const ratios = names.map((name) => ({ name, ratio: (many.get(name) ?? Number.NaN) / (few.get(name) ?? 0) }));
    const worst = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    const ms = (list: ReadonlyMap<string, number>) => (list.get(worst.name) ?? Number.NaN).toPrecision(3);
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
