import type { Instant, Log, PlanState } from '../../homework/model.ts';
import { withLog } from '../../homework/replace-in-state.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { viaOf } from './require-person.ts';

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
    apply: (state, at) => {
      // before the operation, which may notice a risk: who told it is part of what is noticed
      const told = asTold(record, state, logId, at);
      const next = apply(told, logOf(told, logId), at);
      return next === told ? state : next;
    },
  });
  return changedLog(changed, logId);
}

/**
 * What a source system makes of a log is what it told, whoever wrote it first. Where the patient gives their own answers anew in
 * the app, the log is theirs again; what a clinician is named in stays what a system told.
 */
function asTold({ actor }: HomeworkRecord, state: PlanState, logId: string, at: Instant): PlanState {
  const log = logOf(state, logId);
  if (actor.type === 'source') {
    return withLog(state, { ...log, ...viaOf(actor), told: { at, as: 'changed' } });
  }
  const theirOwn = actor.type === 'user' && actor.role === 'patient' && log.source.type === 'patient';
  if (!theirOwn || log.via === undefined) return state;
  const { via: _was, told: _then, ...own } = log;
  return withLog(state, own);
}

function changedLog({ state, version }: ChangedPlan, logId: string): ChangedLog {
  return { planId: state.plan.id, planVersion: version, log: logOf(state, logId) };
}

function logOf(state: PlanState, logId: string): Log {
  const log = state.logs.find((log) => log.id === logId);
  if (log === undefined) throw unknownArtefact({ artefact: 'log', id: logId });
  return log;
}
