import type { PlanState } from '../../../src/homework/model.ts';
import { type AddendumOptions, addendumContent } from '../../../src/homework/report/addendum-content.ts';
import type { ChangeSinceFiling } from '../../../src/homework/report/changes-since-filing.ts';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';
import { aFiled, aState, feb, noContent, theWeek } from './report-state.ts';

/** The count of a week in which nothing was due. */
export const nothingDue = 'nothing was due in this time.';
/** Filed with the count that its time has. */
export const report = aFiled({ content: { ...noContent, count: nothingDue } });
export const change = (changes: Partial<ChangeSinceFiling>): ChangeSinceFiling => ({
  ...{ report, artefact: 'log', id: 'l1', change: 'late', changedAt: feb(8), ...changes },
});

export function addendum(
  state: Partial<PlanState>,
  changes: readonly ChangeSinceFiling[],
  more: Partial<AddendumOptions> = {},
): ReportContent {
  const { summaryOf, kindTitle, sourceName } = theWeek();
  return addendumContent(aState({ reports: [report], ...state }), {
    ...{ summaryOf, kindTitle, report, changes, day: '2026-02-08', members: [], marker: '[IS:r2:v1]', at: feb(8) },
    ...(sourceName === undefined ? {} : { sourceName }),
    ...more,
  });
}
