import type { Log, PlanState } from '../homework/model.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { unknownArtefact } from './unknown-artefact.ts';

export interface ChangedLog {
  readonly planId: string;
  readonly planVersion: number;
  readonly log: Log;
}

/** Changes the plan of a log by an operation that is given the log as it stands. @throws `unknown-artefact` */
export async function changeLog(
  record: HomeworkRecord,
  tenantId: string,
  logId: string,
  apply: (state: PlanState, log: Log, at: string) => PlanState,
): Promise<ChangedLog> {
  const of = { artefact: 'log', id: logId } as const;
  const changed = await changePlan(record, tenantId, {
    of,
    apply: (state, at) => apply(state, logOf(state, logId), at),
  });
  return changedLog(changed, logId);
}

function changedLog({ state, version }: ChangedPlan, logId: string): ChangedLog {
  return { planId: state.plan.id, planVersion: version, log: logOf(state, logId) };
}

function logOf(state: PlanState, logId: string): Log {
  const log = state.logs.find((one) => one.id === logId);
  if (log === undefined) throw unknownArtefact({ artefact: 'log', id: logId });
  return log;
}
