import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';

/** The patients whom a worklist may show, in the order of their ids, which says nothing of how they do. */
export async function patientsWithHomework(
  record: HomeworkRecord,
  tenantId: string,
  {
    after,
    patientIds,
    limit,
  }: { readonly after: string; readonly patientIds?: readonly string[]; readonly limit: number },
): Promise<readonly string[]> {
  tenantOf(record, tenantId);
  const { rows } = await record.database.query<{ id: string }>(
    `select r.patient_id as id from roster_patient r
     where r.tenant = $1 and r.patient_id > $2 and r.listed and ($3::text[] is null or r.patient_id = any($3::text[]))
     order by r.patient_id limit $4`,
    [tenantId, after, patientIds ?? null, limit],
  );
  return rows.map(({ id }) => id);
}
