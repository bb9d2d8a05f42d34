import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Report } from '../../homework/model.ts';
import { addReport } from '../../homework/report/add-report.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { reportDigest } from './report-digest.ts';
import { type AskedPeriod, reportPeriodOf } from './report-period-of.ts';
import { reportWording } from './report-wording.ts';
import { requirePerson, viaOf } from './require-person.ts';
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
}

/**
 * Writes the between-session report of a plan, for the chart.
 * @throws `person-needed`, `unknown-artefact`, `source-id-conflict`, `invalid-request`; `version-conflict` when it is no longer what was read
 */
export async function fileReport(
  record: HomeworkRecord,
  tenantId: string,
  command: FileReportCommand,
): Promise<{ readonly planId: string; readonly report: Report; readonly created: boolean }> {
  const { planId, author, signedBy, encounter, digest } = command;
  if (signedBy !== undefined) requirePerson(record.actor, 'signReport');
  const wording = reportWording(record, tenantId);
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    source: { operation: 'report', command },
    apply: async (state, at, { tx, artefactId: id }) => {
      const report = await writeReport(tx, tenantId, state, {
        ...{ id, wording, actor: record.actor },
        ...reportPeriodOf(state, command, at),
      });
      if (digest !== undefined) refuseUnread(planId, digest, report.text);
      return addReport(
        state,
        {
          ...report,
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
