import type { Report } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { seesOnly } from '../store/own-reach.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { mayReadReport } from './may-read-report.ts';

/** A filed report or addendum, and the language of its plan. @throws `unknown-artefact` */
export async function getReport(
  record: HomeworkRecord,
  tenantId: string,
  reportId: string,
): Promise<{ readonly report: Report; readonly language: string; readonly title: string }> {
  tenantOf(record, tenantId);
  const { rows } = await record.database.query<{ report: Report; language: string; title: string }>(
    `select r.body as report, p.body ->> 'language' as language, p.body ->> 'title' as title
     from report r join plan p on p.tenant = r.tenant and p.id = r.plan_id where r.tenant = $1 and r.id = $2
       and ($3::text is null or p.made_by = $3)`,
    [tenantId, reportId, seesOnly(record.actor) ?? null],
  );
  const found = rows[0];
  if (found === undefined || !mayReadReport(record.actor, found.report))
    throw unknownArtefact({ artefact: 'report', id: reportId });
  return found;
}
