import { randomUUID } from 'node:crypto';
import { invalidRequest } from '../homework/replace-in-state.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { loadPlanState } from './load-plan-state.ts';
import { maskState } from './mask-log.ts';
import { tenantOf } from './tenant-of.ts';
import { toInstant } from './to-instant.ts';
import { unknownArtefact } from './unknown-artefact.ts';
import { writeReport } from './write-report.ts';

/**
 * The between-session report as it would be filed now, without the marker line, which names a report that there is not
 * yet.
 * @throws `unknown-artefact`, `invalid-request`
 */
export async function previewReport(
  record: HomeworkRecord,
  tenantId: string,
  { planId, from, to }: { readonly planId: string; readonly from?: string; readonly to?: string },
): Promise<string> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const loaded = await loadPlanState(record.database, tenantId, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  const state = maskState(loaded.state);
  const period = {
    from: from === undefined ? state.plan.createdAt : toInstant(from, 'from'),
    to: to === undefined ? at : toInstant(to, 'to'),
  };
  if (period.to <= period.from) throw invalidRequest('to', 'is not after the begin of the period');
  const { text } = await writeReport(record.database, tenantId, state, { id: randomUUID(), ...period, at });
  return text.slice(0, text.lastIndexOf('\n'));
}
