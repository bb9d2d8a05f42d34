import { randomUUID } from 'node:crypto';
import type { Instant, PlanState } from '../../homework/model.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import { reportText, sectionText } from '../../homework/report/report-text.ts';
import { untoldLines } from '../../homework/report/untold-lines.ts';
import { type WrittenWords, withClinicianWords } from '../../homework/report/with-clinician-words.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { maskState } from '../store/mask-log.ts';
import { NotRead } from '../store/not-read.ts';
import { reportDigest, unmarked } from './report-digest.ts';
import { type AskedPeriod, reportPeriodOf } from './report-period-of.ts';
import { reportWording } from './report-wording.ts';
import { untoldInReport } from './untold-in-report.ts';
import { withoutWithdrawnReports } from './without-withdrawn-reports.ts';
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

export interface ToPreview extends AskedPeriod {
  readonly words?: WrittenWords | undefined;
  readonly at: Instant;
  /** The plan was read without what its reports told before. */
  readonly isBrief?: true;
}

/** The preview of a plan's next report, from the plan as time has left it. @throws `invalid-request`; `NotRead` of a brief plan */
export async function previewOf(
  record: HomeworkRecord,
  tenantId: string,
  now: PlanState,
  { words, at, isBrief, ...asked }: ToPreview,
): Promise<ReportPreview> {
  const state = maskState(now);
  const period = reportPeriodOf(state, asked, at);
  const wording = reportWording(record, tenantId, state.assignments);
  const { text, content } = await writeReport(record.database, tenantId, state, {
    ...{ id: randomUUID(), ...period, wording },
    isPreview: true,
  });
  const standing = await withoutWithdrawnReports(record.database, tenantId, state);
  if (isBrief && standing !== state) throw new NotRead('logs that a report told which was kept out');
  const untold = await untoldInReport(record.database, { tenantId, wording }, standing, { ...period, content });
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
