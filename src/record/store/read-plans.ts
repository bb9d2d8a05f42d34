import { defined } from '../../foundation/defined.ts';
import type { Assignment, Instant, PlanState } from '../../homework/model.ts';
import { adherencesOf } from '../../homework/plan/adherence-of.ts';
import { proposeClose } from '../../homework/plan/propose-close.ts';
import { sweep } from '../../homework/plan/sweep.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type BriefRow, ledgerInBrief } from '../ledger/ledger-in-brief.ts';
import type { PlanView } from '../use-cases/get-plan.ts';
import { mayKnowOf } from '../use-cases/may-change-log.ts';
import { rulesOfTenant } from '../use-cases/rules-of-tenant.ts';
import { loadPlanState } from './load-plan-state.ts';
import { maskState } from './mask-log.ts';
import { type Earlier, readRecentPlan } from './read-recent-plan.ts';

export interface ReadPlans {
  readonly patientId: string;
  /** Only this one of the patient's plans. */
  readonly planId?: string;
  /** The patient reads what they withhold from others, and their own drafts; everyone else gets both masked. */
  readonly reader: 'patient' | 'other';
  /** Also for the patient what of a series is long over; everyone else gets it. */
  readonly all?: boolean;
}

/** A plan as a page reads it. */
export interface ReadPlan extends Omit<PlanView, 'ledger'> {
  readonly ledger: readonly BriefRow[];
  /** Present where something is left out. */
  readonly earlier?: readonly Earlier[];
}

/**
 * A patient's plans with all that belongs to them, the latest first; those made by mistake are left out, and for the
 * patient those that are still drafts. They are as time has left them by now, whether or not it was swept already. The patient's own are read
 * without what of a series was over two weeks ago, unless they ask for all.
 * @throws `unknown-tenant`
 */
export async function readPlans(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, planId, reader, all = false }: ReadPlans,
): Promise<readonly ReadPlan[]> {
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const hidden = reader === 'patient' ? ['entered-in-error', 'draft'] : ['entered-in-error'];
  const { rows: plans } = await record.database.query<{ id: string }>(
    `select id from plan where tenant = $1 and patient_id = $2 and ($3::text is null or id = $3) and status <> all($4)
     order by body->>'createdAt' desc, id`,
    [tenantId, patientId, planId, hidden],
  );
  const ids = plans.map(({ id }) => id);
  const ledger = await ledgerInBrief(record.database, tenantId, { planIds: ids, reader });
  const of = (id: string) => ({ planId: id, at, reader, ledger: ledger.filter((row) => row.planId === id) });
  const views = await Promise.all(
    ids.map(async (id) => {
      const recent = reader === 'patient' && !all ? await readOwnRecent(record, tenantId, of(id)) : undefined;
      return recent ?? (await readWhole(record, tenantId, of(id)));
    }),
  );
  return views.flatMap((view) => view ?? []);
}

interface ReadOne {
  readonly planId: string;
  readonly at: Instant;
  readonly reader: ReadPlans['reader'];
  readonly ledger: readonly BriefRow[];
}

/** What the patient needs of it day by day; undefined where it is to be read whole. */
async function readOwnRecent(
  record: HomeworkRecord,
  tenantId: string,
  { planId, at, ledger }: ReadOne,
): Promise<ReadPlan | undefined> {
  const saysWhetherDone = (steps: readonly Assignment[], questionnaire: string): boolean => {
    const version = kindsOfPlan(record.kinds, steps).find(questionnaire);
    return version === undefined || version.behaviourLinkId !== undefined;
  };
  const recent = await readRecentPlan(record.database, tenantId, { planId, at, saysWhetherDone });
  if (recent === undefined) return undefined;
  const { state, earlier, ...of } = recent;
  const left = earlier.length === 0 ? {} : { earlier };
  return { ...ofPatient(state), reports: [], ...of, ledger, ...left };
}

async function readWhole(
  record: HomeworkRecord,
  tenantId: string,
  { planId, at, reader, ledger }: ReadOne,
): Promise<ReadPlan | undefined> {
  const loaded = await loadPlanState(record.database, tenantId, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) return undefined;
  // what time has done since the last sweep is shown, and stored by the next
  const rules = rulesOfTenant(record, tenantId, loaded.state.assignments);
  const now = sweep(loaded.state, at, rules);
  const {
    openSafetySignals: _ours,
    deceased: _known,
    ...state
  } = reader === 'patient' ? ofPatient(now) : maskState(now);
  return {
    ...state,
    version: loaded.version,
    updatedAt: loaded.updatedAt,
    adherences: adherencesOf(now, at),
    ledger,
    ...defined({ proposedClose: proposeClose(now, rules)?.status }),
  };
}

/** A draft that somebody else began for the patient, a source system say, is not theirs to see before it is sent. */
function ofPatient<State extends Pick<PlanState, 'plan' | 'logs'>>(state: State): State {
  const { patientId } = state.plan;
  const reading = { type: 'user', userReference: `Patient/${patientId}`, role: 'patient', sessionId: '' } as const;
  return { ...state, logs: state.logs.filter((log) => mayKnowOf(reading, log)) };
}
