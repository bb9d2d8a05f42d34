import { fileReport as file } from '../homework/file-report.ts';
import type { EhrReference, Report } from '../homework/model.ts';
import { changePlan } from './change-plan.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { idOf, type Sourced } from './sourced.ts';
import { toInstant } from './to-instant.ts';
import { unknownArtefact } from './unknown-artefact.ts';
import { writeReport } from './write-report.ts';

export interface FileReportCommand extends Sourced {
  readonly planId: string;
  /** With offset; default: when the plan was made. */
  readonly from?: string;
  /** With offset; default: now. */
  readonly to?: string;
  readonly author?: EhrReference;
}

/** Writes the between-session report of a plan, for the chart. @throws `unknown-artefact`, `source-id-conflict` */
export async function fileReport(
  record: HomeworkRecord,
  tenantId: string,
  command: FileReportCommand,
): Promise<{ readonly planId: string; readonly report: Report; readonly created: boolean }> {
  const { planId, author } = command;
  const given = {
    from: command.from === undefined ? undefined : toInstant(command.from, 'from'),
    to: command.to === undefined ? undefined : toInstant(command.to, 'to'),
  };
  const id = idOf(tenantId, 'report', command);
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    source: { operation: 'report', command, artefactId: id },
    apply: async (state, at, tx) => {
      const period = { from: given.from ?? state.plan.createdAt, to: given.to ?? at };
      const report = await writeReport(tx, tenantId, state, { id, ...period, at });
      return file(state, { ...report, ...(author === undefined ? {} : { author }) }, at);
    },
  });
  const report = changed.state.reports.findLast((one) => one.id === changed.artefactId);
  if (report === undefined) throw unknownArtefact({ artefact: 'report', id: changed.artefactId });
  return { planId, report, created: changed.created };
}
