import type { LedgerView, PlanView } from '../../src/contract/app/plan-view.ts';
import { defined } from '../../src/foundation/defined.ts';
import type { Instant, PlanState } from '../../src/homework/model.ts';
import { adherencesOf } from '../../src/homework/plan/adherence-of.ts';
import { proposeClose } from '../../src/homework/plan/propose-close.ts';
import type { Role } from '../../src/homework/role.ts';
import { scheduleOf } from '../../src/homework/schedule/schedule-of.ts';
import { planForReader } from '../../src/http/app/plan-for-reader.ts';
import { kindsOfPlan } from '../../src/kinds/own/kinds-of-plan.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { maskLog } from '../../src/record/store/mask-log.ts';
import type { ReadPlan } from '../../src/record/store/read-plans.ts';
import { recentOf } from '../homework/recent-oracle.ts';
import { rules } from './apply-write.ts';

interface Reader {
  readonly now: Instant;
  readonly reader: Role;
  readonly ledger: readonly LedgerView[];
  /** Also for the patient what of a series is long over. Default: it is left out, as by the service. */
  readonly all?: boolean;
}

/** A plan as the service shows it to this reader, by the service's own view; where it stands in the EHR is given. */
export function showPlan(state: PlanState, { now, reader, ledger, all = false }: Reader): PlanView {
  const { openSafetySignals: _open, deceased: _known, ...of } = state;
  const logs = reader === 'patient' ? state.logs : state.logs.map(maskLog);
  const proposed = defined({ proposedClose: proposeClose(state, rules)?.status });
  const read = {
    ...of,
    ...proposed,
    logs,
    version: 1,
    updatedAt: now,
    adherences: adherencesOf(state, now),
    ledger: [],
    ...(reader === 'patient' && !all ? recentlyOf(state, now) : {}),
  };
  return { ...planForReader(read, reader, { sources: [] }), ledger };
}

function recentlyOf(state: PlanState, now: Instant): Partial<Pick<ReadPlan, 'occurrences' | 'logs' | 'earlier'>> {
  const isWhole = (assignmentId: string): boolean => {
    const step = state.assignments.find(({ id }) => id === assignmentId);
    const schedule = step === undefined ? undefined : scheduleOf(step);
    const forms = state.logs
      .filter((log) => log.assignmentId === assignmentId)
      .map(({ questionnaire }) => questionnaire);
    // of forms of the plan's own its steps know
    const versions = kindsOfPlan(registeredKinds, state.assignments);
    const asks = [...forms, step?.questionnaire ?? ''].some(
      (form) => versions.find(form)?.behaviourLinkId !== undefined,
    );
    return schedule?.type !== 'series' || schedule.ends.type === 'after' || asks;
  };
  const savedAt = (entry: PlanState['occurrences'][number] | PlanState['logs'][number]): Instant =>
    'lastModified' in entry ? entry.lastModified : entry.authored;
  const { earlier, ...recent } = recentOf(state, { at: now, isWhole, savedAt });
  return earlier.length === 0 ? {} : { ...recent, earlier };
}
