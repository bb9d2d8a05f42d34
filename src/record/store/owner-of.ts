import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';

/** What belongs to a plan and can be named by its id. */
export type OwnedArtefact = 'plan' | 'assignment' | 'occurrence' | 'log' | 'barrier' | 'feedback' | 'report';

export interface Owner {
  readonly planId: string;
  readonly patientId: string;
}

/** Whose something is, and of which plan. @throws `unknown-artefact` */
export async function ownerOf(
  record: HomeworkRecord,
  tenantId: string,
  { artefact, id }: { readonly artefact: OwnedArtefact; readonly id: string },
): Promise<Owner> {
  tenantOf(record, tenantId);
  return ownerIn(record.database, tenantId, { artefact, id });
}

/** The same inside a transaction. @throws `unknown-artefact` */
export async function ownerIn(
  database: Queryable,
  tenantId: string,
  { artefact, id }: { readonly artefact: OwnedArtefact; readonly id: string },
): Promise<Owner> {
  const planId = artefact === 'plan' ? '$2' : `(select plan_id from ${artefact} where tenant = $1 and id = $2)`;
  const { rows } = await database.query<Owner>(
    `select id as "planId", patient_id as "patientId" from plan where tenant = $1 and id = ${planId}`,
    [tenantId, id],
  );
  const owner = rows[0];
  if (owner === undefined) throw unknownArtefact({ artefact, id });
  return owner;
}
