import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Report } from '../../homework/model.ts';
import { sweep } from '../../homework/plan/sweep.ts';
import { addReport } from '../../homework/report/add-report.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import { reportText } from '../../homework/report/report-text.ts';
import { type WrittenWords, withClinicianWords } from '../../homework/report/with-clinician-words.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { reportDigest } from './report-digest.ts';
import { type AskedPeriod, reportPeriodOf } from './report-period-of.ts';
import { reportWording } from './report-wording.ts';
import { requirePerson, viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import type { Sourced } from './sourced.ts';
import { writeReport } from './write-report.ts';

export interface FileReportCommand extends Sourced, AskedPeriod {
  readonly planId: string;
  readonly author?: EhrReference;
  /** The clinician who signs it; absent: it is filed as a draft. */
  readonly signedBy?: EhrReference;
  /** The encounter that a person chose for it. */
  readonly encounter?: EhrReference;
  /** Of the preview that was read: only that is filed. */
  readonly digest?: string;
  /** What the person who files it wrote into it. */
  readonly words?: WrittenWords | undefined;
}

/**
 * Writes the between-session report of a plan, for the chart.
 * @throws `nothing-to-report`, `person-needed`, `unknown-artefact`, `source-id-conflict`, `invalid-request`; `version-conflict` when it is no longer what was read
 */
export async function fileReport(
  record: HomeworkRecord,
  tenantId: string,
  command: FileReportCommand,
): Promise<{ readonly planId: string; readonly report: Report; readonly created: boolean }> {
  const { planId, author, signedBy, encounter, digest, words } = command;
  if (signedBy !== undefined) requirePerson(record.actor, 'signReport');
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    source: { operation: 'report', command },
    apply: async (before, at, { tx, artefactId: id }) => {
      // it was read as time had left the plan, and is filed so
      const state = sweep(before, at, rulesOfTenant(record, tenantId, before.assignments));
      const wording = reportWording(record, tenantId, state.assignments);
      const report = await writeReport(tx, tenantId, state, {
        ...{ id, wording, actor: record.actor },
        ...reportPeriodOf(state, command, at),
      });
      if (digest !== undefined) refuseUnread(planId, digest, report.text);
      // a system's draft may still carry what this EHR holds in notes alone
      if (digest !== undefined && report.content.nothing) throw nothingToReport(planId, report);
      const written = author === undefined || words === undefined ? {} : wordsIn(report.content, words, author);
      return addReport(
        state,
        {
          ...report,
          ...written,
          ...defined({ author }),
          ...viaOf(record.actor),
          ...defined({ signedBy, encounter }),
        },
        at,
      );
    },
  });
  const report = changed.state.reports.findLast((report) => report.id === changed.artefactId);
  if (report === undefined) throw unknownArtefact({ artefact: 'report', id: changed.artefactId });
  return { planId, report, created: changed.created };
}

/** The report with the words of who files it; nothing of what it tells, and of what it speaks, is another by them. */
function wordsIn(recorded: ReportContent, words: WrittenWords, by: EhrReference) {
  const { content, passages } = withClinicianWords(recorded, words);
  return passages.length === 0 ? {} : { content, text: reportText(content), words: { by, passages } };
}

function nothingToReport(planId: string, { from, to }: { readonly from: string; readonly to: string }) {
  return new IntersessionError(
    'nothing-to-report',
    { id: planId, from, to },
    'In this time nothing was due, done, said or changed that a report of it would tell. Choose a longer time, or file it later.',
  );
}

/** @throws `version-conflict` */
function refuseUnread(planId: string, digest: string, text: string): void {
  const actual = reportDigest(text);
  if (digest === actual) return;
  throw new IntersessionError(
    'version-conflict',
    { id: planId, expected: digest, actual },
    'Something has changed since you read this note. Read it again before you file it.',
  );
}
