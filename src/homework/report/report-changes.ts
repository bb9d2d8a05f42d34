import type { Assignment } from '../model.ts';
import type { StepChange } from '../plan/step-change.ts';
import { writeDay } from '../schedule/write-day.ts';
import { plain, type ReportFrame, within } from './report-frame.ts';
import type { ReportSection } from './report-model.ts';
import { plannedWords, stepName } from './report-steps.ts';

/**
 * What was changed of the steps in the period: an EHR that takes no Task has it from the note. It names nobody, and of a step that was
 * made in the period says that it was.
 */
export function changesSection(frame: ReportFrame, assignments: readonly Assignment[]): readonly ReportSection[] {
  const { plan } = frame.state;
  const lines = assignments.flatMap((assignment) => [
    ...(assignment.authoredOn > plan.createdAt && within(frame, assignment.authoredOn)
      ? [`${stepName(assignment)}: put into the plan on ${writeDay(assignment.authoredOn, plan, false)}`]
      : []),
    ...(assignment.changes ?? [])
      .filter(({ at }) => within(frame, at))
      .flatMap((change) => {
        const what = changeWords(change, plan.language);
        if (what.length === 0) return [];
        const why = change.reason === undefined ? '' : ` (${plain(change.reason)})`;
        return [`${stepName(assignment)}: ${writeDay(change.at, plan, false)}, ${what.join('; ')}${why}`];
      }),
  ]);
  return lines.length === 0 ? [] : [{ title: 'Changed in the plan', entries: [{ lines }] }];
}

function changeWords(
  { title, instructions, rationale, schedule, smaller }: StepChange,
  language: string,
): readonly string[] {
  return [
    ...(smaller === undefined ? [] : [`step ${smaller} was put before it as a smaller step`]),
    ...(title?.from === undefined ? [] : [`was called “${plain(title.from)}”`]),
    ...(instructions === undefined && rationale === undefined ? [] : ['reworded']),
    ...(schedule?.from === undefined || schedule.to === undefined
      ? []
      : [`${plannedWords(schedule.to, language)}; was ${plannedWords(schedule.from, language)}`]),
  ];
}
