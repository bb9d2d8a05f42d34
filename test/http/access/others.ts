import type { Doors } from '../open-doors.ts';

/** One value that something of the others' is found by. */
export interface FoundBy {
  readonly type: string;
  readonly param: string;
  readonly value: string;
  readonly isDate: boolean;
  readonly owner: string;
  /** Names of this owner's own resources with the same value. */
  readonly mine: readonly string[];
}

const members = ['plan', 'assignment', 'occurrence', 'log', 'barrier', 'feedback', 'report'] as const;
export type Member = (typeof members)[number];

/** All that is held in tenant `north` and was made by anybody but this one, straight from the database. */
export async function others(doors: Doors, owner: string) {
  const { database } = doors.test;
  const rows = async <Row extends object>(sql: string, ...more: readonly unknown[]): Promise<readonly Row[]> =>
    (await database.query<Row>(sql, [owner, ...more])).rows;
  const foreignPlans = 'select id from plan where made_by <> $1';
  const byMember = new Map<string, readonly string[]>();
  for (const table of members) {
    // what the sweep, or a person, put into its own plan is not another's
    const plan = table === 'plan' ? 'id' : 'plan_id';
    const found = await rows<{ id: string }>(
      `select id from ${table} where tenant = 'north' and ${plan} in (${foreignPlans}) order by id`,
    );
    byMember.set(
      table,
      found.map(({ id }) => id),
    );
  }
  const resources = await rows<{ type: string; id: string; owner: string }>(
    `select type, id, owner from resource where tenant = 'north' and owner <> $1 order by type, id`,
  );
  const own = await rows<{ name: string }>(
    `select type || '/' || id as name from resource where tenant = 'north' and owner = $1`,
  );
  const ofB = new Set(own.map(({ name }) => name));
  const signals = await rows<{ id: string }>(
    `select id from safety_signal where tenant = 'north' and not $1 = any(owners) order by id`,
  );
  // two of each sort
  const ledger = await rows<{ artefact: string; id: string }>(
    `select artefact, id from (
       select l.artefact, l.id, row_number() over (partition by l.artefact, l.resource_type, r.owner order by l.id) as nth
       from ledger l join resource r on r.tenant = l.tenant and r.type = l.resource_type and r.id = l.id
       where l.tenant = 'north' and r.owner <> $1) t where nth <= 2 order by artefact, id`,
  );
  const names = await rows<{ source_id: string }>(
    `select distinct source_id from source_key k where tenant = 'north' and 'source:' || client_id <> $1 and not exists (
       select from source_key o where o.tenant = k.tenant and o.source_id = k.source_id and 'source:' || o.client_id = $1)
     order by 1`,
  );
  const mine = JSON.stringify(
    await rows<{ body: object }>(`select body from plan where tenant = 'north' and made_by = $1`),
  );
  const ids = [
    ...new Set([
      ...[...byMember.values()].flat(),
      ...resources.map(({ id }) => id),
      ...signals.map(({ id }) => id),
      ...ledger.map(({ id }) => id),
    ]),
  ];
  const idsOf = (member: Member | 'signal'): readonly string[] =>
    member === 'signal' ? signals.map(({ id }) => id) : (byMember.get(member) ?? []);

  return {
    /** Everything that has an id. */
    ids,
    idsOf,
    resources,
    sourceIds: names.map(({ source_id }) => source_id),
    /** Names of the owner's own resources, as they were at first. */
    ofB: {
      has: (name: string) => ofB.has(name) || !ids.includes(name.split('/').at(-1) ?? ''),
    },
    plansOfB: () => (JSON.parse(mine) as { body: { id: string } }[]).map(({ body }) => body.id),
    /** Ids of the others' that this one has put into its own plans. */
    namedByB: ids.filter((id) => mine.includes(id)),
    /** The addresses of everything of the others' that a route can be about. */
    placesOf(path: string): readonly { readonly at: string; readonly id: string }[] {
      if (path.includes('{artefact}')) {
        return ledger.map(({ artefact, id }) => ({
          at: path.replace('{artefact}', artefact).replace('{id}', id),
          id,
        }));
      }
      const [, name = ''] = /\{(\w+)\}/.exec(path) ?? [];
      const found =
        name === 'patientId' ? ['patient-of-a', 'patient-of-app'] : idsOf(name.replace(/Id$/, '') as Member | 'signal');
      return found.map((id) => ({ at: path.replace(`{${name}}`, id), id }));
    },
    /** Each value, once a type and parameter. */
    async searchValues(): Promise<readonly FoundBy[]> {
      const found = await rows<{
        type: string;
        param: string;
        value: string | null;
        low: Date | null;
        owner: string;
        mine: string[];
      }>(
        `select s.type, s.param, s.value, s.low, min(r.owner) as owner, (
           select coalesce(array_agg(distinct o.type || '/' || o.id), '{}') from search_value o
             join resource ro on ro.tenant = o.tenant and ro.type = o.type and ro.id = o.id and ro.owner = $1
           where o.tenant = 'north' and o.type = s.type and o.param = s.param and o.value = s.value) as mine
         from search_value s join resource r on r.tenant = s.tenant and r.type = s.type and r.id = s.id
         where s.tenant = 'north' and r.owner <> $1
         group by s.type, s.param, s.value, s.low order by 1, 2, md5(s.value), 4`,
      );
      // every value that both have, and of the others some of each parameter
      const many = new Map<string, number>();
      const some = found.filter(({ type, param, mine: both }) => {
        const key = `${type} ${param}`;
        if (both.length === 0) many.set(key, (many.get(key) ?? 0) + 1);
        return both.length > 0 || (many.get(key) ?? 0) <= 10;
      });
      return some.map(({ value, low, ...row }) => ({
        ...row,
        value: value ?? new Date(low ?? 0).toISOString(),
        isDate: value === null,
      }));
    },
    /** All of it, whole, in one text: for "nothing has changed". */
    async held(): Promise<string> {
      const parts = await Promise.all([
        rows('select * from plan where made_by <> $1 order by tenant, id'),
        ...members
          .filter((table) => table !== 'plan')
          .map((table) => rows(`select * from ${table} where plan_id in (${foreignPlans}) order by tenant, id`)),
        rows('select * from resource where owner <> $1 order by tenant, type, id'),
        rows('select * from safety_signal where not $1 = any(owners) order by id'),
        ...['ledger', 'landing_group', 'plan_change'].map((table) =>
          rows(`select * from ${table} t where plan_id in (${foreignPlans}) order by t`),
        ),
        rows(`select * from source_key t where 'source:' || client_id <> $1 order by t`),
        rows(
          `select * from attempt t where group_id in (select id from landing_group where plan_id in (${foreignPlans})) order by t`,
        ),
      ]);
      return JSON.stringify(parts);
    },
  };
}
