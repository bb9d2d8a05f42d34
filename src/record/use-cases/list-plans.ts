import type { Instant, LocalDate, PlanStatus } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { readCursor, writeCursor } from '../store/keyset-cursor.ts';
import { seesOnly } from '../store/own-reach.ts';
import { newStatement } from '../store/statement.ts';
import { tenantOf } from '../tenant-of.ts';

export interface ListPlans {
  readonly patientId?: string;
  readonly status?: PlanStatus;
  /** 1 to 200; default 50. */
  readonly count?: number;
  readonly cursor?: string;
}

export interface PlanSummary {
  readonly id: string;
  readonly patientId: string;
  readonly title: string;
  readonly status: PlanStatus;
  readonly period: { readonly start: LocalDate; readonly end?: LocalDate };
  readonly version: number;
  readonly updatedAt: Instant;
}

/** Lists plans in order of their ids, page by page: as fast at the end of a long list as at its start. */
export async function listPlans(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, status, count = 50, cursor }: ListPlans = {},
): Promise<{ readonly plans: readonly PlanSummary[]; readonly next?: string }> {
  tenantOf(record, tenantId);
  const { parameters, bind } = newStatement();
  const conditions = [`tenant = ${bind(tenantId)}`];
  if (patientId !== undefined) conditions.push(`patient_id = ${bind(patientId)}`);
  if (status !== undefined) conditions.push(`status = ${bind(status)}`);
  const own = seesOnly(record.actor);
  if (own !== undefined) conditions.push(`made_by = ${bind(own)}`);
  if (cursor !== undefined) conditions.push(`id > ${bind(readCursor(cursor, 1)[0])}`);
  const { rows } = await record.database.query<PlanSummary>(
    `select id, patient_id as "patientId", body->>'title' as title, status, body->'period' as period, version, updated_at as "updatedAt"
     from plan where ${conditions.join(' and ')} order by id limit ${bind(count + 1)}`,
    parameters,
  );
  const plans = rows.slice(0, count);
  const last = plans.at(-1);
  return { plans, ...(rows.length > count && last ? { next: writeCursor([last.id]) } : {}) };
}
