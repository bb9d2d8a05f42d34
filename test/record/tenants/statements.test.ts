import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statementsIn, tenantTables, withoutTenant } from './tenant-predicates.ts';

const src = join(import.meta.dirname, '../../../src');

const byTokenHash =
  'a tab is known by the hash of its token alone, which says the tenant; what has expired goes, whoever’s it was';
const byStateHash = 'a launch that comes back is known by the hash of its state alone, which says the tenant';
const filledIn = 'its conditions are filled in and begin with the tenant: judged as they run, in twins.test.ts';

/** The tables that statements of a file name without a tenant, in the order of the file, and why that is right. */
const exceptions: Readonly<Record<string, { readonly tables: readonly string[]; readonly why: string }>> = {
  'delivery/claim-groups.ts': {
    tables: ['landing_group g'],
    why: 'by the place (ctid) of rows chosen with their tenant',
  },
  'delivery/renew-leases.ts': {
    tables: ['landing_group'],
    why: 'at start: leases of clocks that ran ahead, of all tenants',
  },
  'record/ledger/check/last-checks.ts': {
    tables: ['ledger_check'],
    why: 'for the metrics of all tenants that are configured',
  },
  'record/ledger/ledger-filter.ts': { tables: ['ledger l'], why: filledIn },
  'record/ledger/list-ledger.ts': { tables: ['ledger l'], why: filledIn },
  'record/ledger/summarise-ledger.ts': { tables: ['ledger l'], why: filledIn },
  'record/roster/worklist-columns.ts': { tables: ['safety_signal s'], why: filledIn },
  'record/roster/worklist-sql.ts': { tables: ['roster_patient r'], why: filledIn },
  'record/session/app-session.ts': { tables: Array(5).fill('app_session'), why: byTokenHash },
  'record/session/keep-opened-patient.ts': { tables: ['app_session'], why: byTokenHash },
  'record/session/refresh-lease.ts': { tables: ['app_session', 'app_session'], why: byTokenHash },
  'record/session/launch-state.ts': { tables: Array(3).fill('launch_state'), why: byStateHash },
  'record/store/search-resources.ts': { tables: ['resource r', 'resource r'], why: filledIn },
  'record/store/sorted-page.ts': { tables: ['resource r', 'search_value k'], why: filledIn },
  'record/use-cases/list-plans.ts': { tables: ['plan'], why: filledIn },
};

const statements = readdirSync(src, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .flatMap((path) => statementsIn(readFileSync(path, 'utf8')).map((sql) => ({ file: relative(src, path), sql })));

describe('every statement on a table with a tenant', () => {
  it('is seen; no other room speaks SQL', () => {
    expect(tenantTables.size).toBeGreaterThan(25);
    expect(statements.length).toBeGreaterThan(150);
    expect(new Set(statements.map(({ file }) => file.split('/')[0]))).toEqual(new Set(['delivery', 'record']));
  });

  it('says whose rows it reads and writes, but for those that give a reason', () => {
    const found = Map.groupBy(
      statements.flatMap(({ file, sql }) => withoutTenant(sql).map((table) => ({ file, table }))),
      ({ file }) => file,
    );
    const tables = Object.fromEntries([...found].map(([file, rows]) => [file, rows.map(({ table }) => table)]));
    expect(tables).toEqual(Object.fromEntries(Object.entries(exceptions).map(([file, { tables }]) => [file, tables])));
  });

  it('is missed as soon as any of its predicates goes', () => {
    const predicate = /(?:(?:\w+|\$0)\.)?\btenant = (?:\$0\.tenant|\$\d+|\w+\.tenant)/g;
    const unnoticed = statements.flatMap(({ file, sql }) =>
      [...sql.matchAll(predicate)]
        .map(({ 0: found, index }) => ({
          file,
          found,
          cut: `${sql.slice(0, index)}true${sql.slice(index + found.length)}`,
        }))
        .filter(({ cut }) => withoutTenant(cut).length <= withoutTenant(sql).length)
        .map(({ found }) => `${file}: ${found}`),
    );
    // these belong to statements whose conditions are filled in
    expect(unnoticed).toEqual([
      'record/ledger/summarise-ledger.ts: l.tenant = $1',
      'record/store/sorted-page.ts: k.tenant = r.tenant',
    ]);
  });
});

describe('what says whose a row is', () => {
  it.each([
    ['select body from plan where tenant = $1 and id = $2', []],
    ['select body from plan where id = $2', ['plan']],
    ['select r.body from report r join plan p on p.tenant = r.tenant and p.id = r.plan_id where r.tenant = $1', []],
    [
      'select r.body from report r join plan p on p.tenant = r.tenant and p.id = r.plan_id where r.id = $2',
      ['report r', 'plan p'],
    ],
    ['select r.body from report r join plan p on p.id = r.plan_id where r.tenant = $1', ['plan p']],
    ['select from plan p where p.tenant = $1 and exists (select from log l where l.plan_id = p.id)', ['log l']],
    ['select from plan p where exists (select from log l where l.tenant = p.tenant)', ['plan p']],
    ['select id from plan where tenant = $1 union all select id from log where status = $2', ['log']],
    ['insert into contact (tenant, id) values ($1, $2)', []],
    ['insert into contact (id) select id from log where tenant = $1', ['contact']],
    ['update ledger l set due = true from unnest($2::text[]) as d(id) where l.id = d.id', ['ledger l']],
    ['delete from correction where (tenant, type) in (select $1, unnest($2::text[]))', []],
    [
      'with a as (select id from log where tenant = $1) update plan set status = $2 from a where plan.id = a.id',
      ['plan'],
    ],
    // tables without a tenant say nothing
    ['select value from secret where name = $1', []],
  ])('%s', (sql, tables) => {
    expect(withoutTenant(sql)).toEqual(tables);
  });
});
