import { randomUUID } from 'node:crypto';
import type { Instant } from '../../homework/model.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { maskState } from '../store/mask-log.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { reportDigest, unmarked } from './report-digest.ts';
import { type AskedPeriod, reportPeriodOf } from './report-period-of.ts';
import { reportWording } from './report-wording.ts';
import { writeReport } from './write-report.ts';

/** A report to be read before it is filed. */
export interface ReportPreview {
  readonly from: Instant;
  readonly to: Instant;
  /** Without the marker line, which names a report that there is not yet. */
  readonly text: string;
  readonly content: ReportContent;
  /** Names what was read: who files sends it back. */
  readonly digest: string;
}

/**
 * The between-session report as it would be filed now.
 * @throws `unknown-artefact`, `invalid-request`
 */
export async function previewReport(
  record: HomeworkRecord,
  tenantId: string,
  { planId, ...asked }: AskedPeriod & { readonly planId: string },
): Promise<ReportPreview> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const loaded = await loadPlanState(record.database, tenantId, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  const state = maskState(loaded.state);
  const period = reportPeriodOf(state, asked, at);
  const { text, content } = await writeReport(record.database, tenantId, state, {
    ...{ id: randomUUID(), ...period },
    wording: reportWording(record, tenantId),
  });
  const { marker: _none, ...unfiled } = content;
  return { ...period, text: unmarked(text), content: unfiled, digest: reportDigest(text) };
}
