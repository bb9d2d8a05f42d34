import type { FhirResource } from 'fhir/r4';
import { searchValues } from '../../fhir/search/search-values.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord, RecordTenant } from '../homework-record.ts';

/** What has days without a time among its search parameters; in everything else a date has its offset. */
const typesWithDays = ['CarePlan', 'Goal'];

const batchSize = 500;

/**
 * Days can be found as days of the tenant's zone. Where they were written down in another, by an earlier version (UTC) or under an
 * earlier configuration, they are written anew; to be called at the start, before anyone can search.
 */
export async function keepSearchZones(record: HomeworkRecord): Promise<void> {
  for (const tenant of record.tenants.values()) {
    await record.database.transaction((tx) => keepSearchZone(tx, tenant));
  }
}

async function keepSearchZone(tx: Queryable, { id: tenantId, timeZone }: RecordTenant): Promise<void> {
  // processes that start together wait for one another at the row
  await tx.query(`insert into search_zone (tenant, time_zone) values ($1, 'UTC') on conflict do nothing`, [tenantId]);
  const { rows } = await tx.query<{ time_zone: string }>(
    'select time_zone from search_zone where tenant = $1 for update',
    [tenantId],
  );
  if (rows[0]?.time_zone === timeZone) return;
  for (const type of typesWithDays) await writeAnew(tx, { tenantId, type, timeZone });
  await tx.query('update search_zone set time_zone = $2 where tenant = $1', [tenantId, timeZone]);
}

async function writeAnew(tx: Queryable, options: { tenantId: string; type: string; timeZone: string }): Promise<void> {
  const { tenantId, type, timeZone } = options;
  for (let after = ''; ; ) {
    const { rows } = await tx.query<{ id: string; content: FhirResource }>(
      'select id, content from resource where tenant = $1 and type = $2 and id > $3 order by id limit $4',
      [tenantId, type, after, batchSize],
    );
    const values = rows.flatMap(({ id, content }) =>
      searchValues(content, timeZone).flatMap(({ param, low, high }) =>
        low === undefined ? [] : [{ id, param, low, high }],
      ),
    );
    await tx.query(
      `with given as (
        select * from jsonb_to_recordset($3::jsonb) as v(id text, param text, low timestamptz, high timestamptz)
      ), gone as (
        delete from search_value s using (select distinct id from given) g
        where s.tenant = $1 and s.type = $2 and s.id = g.id and s.low is not null
      )
      insert into search_value (tenant, type, id, param, low, high) select $1, $2, id, param, low, high from given`,
      [tenantId, type, JSON.stringify(values)],
    );
    const last = rows.at(-1);
    if (last === undefined || rows.length < batchSize) return;
    after = last.id;
  }
}
