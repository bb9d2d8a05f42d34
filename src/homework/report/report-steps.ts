import type { Assignment, Schedule } from '../model.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { writeDate } from '../schedule/write-day.ts';
import { countWords } from './report-count.ts';
import { countedAs, logsIn, plain, type ReportFrame } from './report-frame.ts';
import type { ReportSection } from './report-model.ts';

/** Per step: what was planned, and what was done of it, with its denominator. Steps that nothing was due of are left out. */
export function stepsSection(frame: ReportFrame, assignments: readonly Assignment[]): readonly ReportSection[] {
  const rows = assignments.flatMap((assignment) => {
    const occurrences = occurrencesOf(frame.state, assignment.id);
    const logs = logsIn(frame).filter(({ assignmentId }) => assignmentId === assignment.id);
    const unplanned = logs.filter(({ resolution }) => resolution === 'ad-hoc').length;
    const extra = logs.filter(({ resolution }) => resolution === 'extra').length;
    const counted = occurrences.some((occurrence) => countedAs(frame, occurrence) !== undefined);
    if (!counted && logs.length === 0) return [];
    const done = [
      countWords(frame, occurrences, false) ?? 'nothing was due',
      ...(unplanned > 0 ? [`${unplanned} unplanned`] : []),
      ...(extra > 0 ? [`${extra} beyond what was planned`] : []),
    ];
    return [[stepName(assignment), plannedWords(scheduleOf(assignment), frame.state.plan.language), done.join(', ')]];
  });
  if (rows.length === 0) return [];
  return [{ title: 'Steps', table: { head: ['Step', 'Planned', 'Done'], rows }, entries: [] }];
}

export function stepName({ key, title }: Assignment): string {
  return `${key} ${plain(title)}`;
}

/** How often and by when, as a report says it. */
export function plannedWords(schedule: Schedule, language: string): string {
  if (schedule.type === 'once') return `once, by ${writeDate(schedule.by, language, false)}`;
  if (schedule.type === 'once-within') return `once within ${schedule.days} days`;
  return `${plain(schedule.text)}, by ${writeDate(schedule.window.end, language, false)}`;
}
