import type { Instant } from '../../homework/model.ts';
import { sweep } from '../../homework/plan/sweep.ts';
import type { WrittenWords } from '../../homework/report/with-clinician-words.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { loadBriefPlan } from '../store/load-brief-plan.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { NotRead } from '../store/not-read.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { previewOf, type ReportPreview, type ToPreview } from './preview-of.ts';
import type { AskedPeriod } from './report-period-of.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export type { ReportPreview };

/**
 * The between-session report as it would be filed now.
 * @param words what a clinician would write into it
 * @throws `unknown-artefact`, `invalid-request`
 */
export async function previewReport(
  record: HomeworkRecord,
  tenantId: string,
  { planId, words, ...asked }: AskedPeriod & { readonly planId: string; readonly words?: WrittenWords | undefined },
): Promise<ReportPreview> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const command = { planId, words, at, ...asked };
  const brief = await previewBriefly(record, tenantId, command);
  if (brief !== undefined) return brief;
  const loaded = await loadPlanState(record.database, tenantId, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  // as the pages show it: what time has done since the last sweep is told, too
  const state = sweep(loaded.state, at, rulesOfTenant(record, tenantId, loaded.state.assignments));
  return previewOf(record, tenantId, state, command);
}

/** The same from what such a report may speak of; undefined: the whole is to be read. */
async function previewBriefly(
  record: HomeworkRecord,
  tenantId: string,
  command: ToPreview & { readonly planId: string },
): Promise<ReportPreview | undefined> {
  const { planId, at } = command;
  const brief = await loadBriefPlan(record.database, tenantId, { planId, at, since: sinceOf(command) });
  if (brief === undefined) return undefined;
  try {
    const preview = await previewOf(record, tenantId, brief.state, { ...command, isBrief: true });
    return preview.from >= brief.since ? preview : undefined;
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

/** What cannot be read as an instant is refused where the period is made. */
function sinceOf({ from }: AskedPeriod): Instant | undefined {
  const at = from === undefined ? Number.NaN : Date.parse(from);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
