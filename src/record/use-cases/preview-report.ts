import { randomUUID } from 'node:crypto';
import type { Instant } from '../../homework/model.ts';
import { sweep } from '../../homework/plan/sweep.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import { reportText, sectionText } from '../../homework/report/report-text.ts';
import { untoldLines } from '../../homework/report/untold-lines.ts';
import { type WrittenWords, withClinicianWords } from '../../homework/report/with-clinician-words.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { maskState } from '../store/mask-log.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { reportDigest, unmarked } from './report-digest.ts';
import { type AskedPeriod, reportPeriodOf } from './report-period-of.ts';
import { reportWording } from './report-wording.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { untoldInReport } from './untold-in-report.ts';
import { writeReport } from './write-report.ts';

/** A report to be read before it is filed. */
export interface ReportPreview {
  readonly from: Instant;
  readonly to: Instant;
  /** Without the marker line, which names a report that there is not yet. */
  readonly text: string;
  readonly content: ReportContent;
  /** What the record says, section by section, before anybody writes it anew. */
  readonly sections: readonly { readonly title: string; readonly text: string; readonly fixed?: true }[];
  /** What came in its time and is not in it, and where that is told, in sentences. */
  readonly untold: readonly string[];
  /** Names what the record says: who files sends it back. */
  readonly digest: string;
}

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
  const loaded = await loadPlanState(record.database, tenantId, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  // as the pages show it: what time has done since the last sweep is told, too
  const state = maskState(sweep(loaded.state, at, rulesOfTenant(record, tenantId, loaded.state.assignments)));
  const period = reportPeriodOf(state, asked, at);
  const wording = reportWording(record, tenantId, state.assignments);
  const { text, content } = await writeReport(record.database, tenantId, state, {
    ...{ id: randomUUID(), ...period },
    wording,
  });
  const untold = await untoldInReport(record.database, { tenantId, wording }, state, { ...period, content });
  const { marker: _none, ...unfiled } = content;
  const written = words === undefined ? unfiled : withClinicianWords(unfiled, words).content;
  return {
    ...period,
    text: words === undefined ? unmarked(text) : reportText(written),
    content: written,
    sections: unfiled.sections.map((section) => ({
      title: section.title,
      text: sectionText(section),
      ...(section.urgent ? { fixed: true } : {}),
    })),
    untold: untoldLines(untold),
    digest: reportDigest(text),
  };
}
