import type { Instant } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';

export interface LatestContact {
  readonly at: Instant;
  readonly note: string;
}

/** The latest contact with a patient of a moment or after it; undefined when none is noted. */
export async function latestContact(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, since }: { readonly patientId: string; readonly since: Instant },
): Promise<LatestContact | undefined> {
  const { rows } = await record.database.query<LatestContact>(
    `select at, note from contact where tenant = $1 and patient_id = $2 and at >= $3::timestamptz
     order by at desc, id desc limit 1`,
    [tenantId, patientId, since],
  );
  return rows[0];
}
