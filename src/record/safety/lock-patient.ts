import type { Queryable } from '../database/database.ts';

/**
 * Holds a patient's safety signals until the transaction ends: two that raise or close at once do so one after the other.
 * Whoever holds a plan as well took it before.
 */
export async function lockPatient(tx: Queryable, tenantId: string, patientId: string, machineNow: Date): Promise<void> {
  // every patient with a plan has this row; a record that was told again without it makes it here
  await tx.query(
    `insert into patient (tenant, id, state, checked_at) values ($1, $2, 'unverified', $3)
     on conflict (tenant, id) do nothing`,
    [tenantId, patientId, machineNow],
  );
  await tx.query('select from patient where tenant = $1 and id = $2 for update', [tenantId, patientId]);
}
