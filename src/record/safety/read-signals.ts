import type { SafetyRuleCode, SafetySignal } from '../../homework/safety/safety-signal.ts';
import type { Queryable } from '../database/database.ts';

export interface ReadSignals {
  readonly id?: string;
  readonly patientId?: string;
  readonly planId?: string;
  readonly rule?: SafetyRuleCode;
  readonly status?: SafetySignal['status'];
  /** Only those that rest on something of this owner's. */
  readonly owner?: string | undefined;
}

/** The signals that fit all that is given: the open ones first, then the latest raised first. */
export async function readSignals(
  database: Queryable,
  tenantId: string,
  { id, patientId, planId, rule, status, owner }: ReadSignals,
): Promise<readonly SafetySignal[]> {
  const { rows } = await database.query<{ body: SafetySignal }>(
    `select body from safety_signal where tenant = $1 and ($2::text is null or id = $2)
       and ($3::text is null or patient_id = $3) and ($4::text is null or plan_id = $4)
       and ($5::text is null or rule = $5) and ($6::text is null or status = $6)
       and ($7::text is null or $7 = any(owners))
     order by status desc, body->>'raisedAt' desc, id`,
    [tenantId, id ?? null, patientId ?? null, planId ?? null, rule ?? null, status ?? null, owner ?? null],
  );
  return rows.map(({ body }) => body);
}
