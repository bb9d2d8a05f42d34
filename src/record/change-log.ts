import type { Log, PlanState } from '../homework/model.ts';
import { withLog } from '../homework/replace-in-state.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { viaOf } from './require-person.ts';
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
    apply: (state, at) => asTold(record, apply(state, logOf(state, logId), at), logId),
  });
  return changedLog(changed, logId);
}

/** What a source system made of a log is what it told, whoever wrote the log. */
function asTold({ actor }: HomeworkRecord, state: PlanState, logId: string): PlanState {
  const log = logOf(state, logId);
  return actor.type === 'source' && log.via !== actor.clientId ? withLog(state, { ...log, ...viaOf(actor) }) : state;
}

function changedLog({ state, version }: ChangedPlan, logId: string): ChangedLog {
  return { planId: state.plan.id, planVersion: version, log: logOf(state, logId) };
}

function logOf(state: PlanState, logId: string): Log {
  const log = state.logs.find((one) => one.id === logId);
  if (log === undefined) throw unknownArtefact({ artefact: 'log', id: logId });
  return log;
}
