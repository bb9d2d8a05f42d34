import type { ChangedPlan } from '../../contract/app/plan-view.ts';
import { readPlans } from '../../record/store/read-plans.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import type { AppCall } from './app-route.ts';
import { openPatientOf } from './open-record-of.ts';
import { readerOf } from './plan-for-reader.ts';
import { plansForSession } from './plans-for-session.ts';

/** The answer to a change: the plan as it stands now, so that the page needs no second call. */
export async function showChangedPlan(call: AppCall<unknown, unknown>, planId: string): Promise<ChangedPlan> {
  const of = { patientId: openPatientOf(call), planId, reader: readerOf(call) };
  const [plan] = await plansForSession(call, await readPlans(call.record, call.tenant.id, of));
  if (plan === undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  return { plan };
}
