import type { Assignment, Occurrence, Schedule } from '../model.ts';
import { wordsAfter } from '../plan/step-words.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { scheduleWords } from '../schedule/schedule-words.ts';
import { writeDate } from '../schedule/write-day.ts';
import { countWords } from './report-count.ts';
import { countedAs, logsIn, plain, type ReportFrame } from './report-frame.ts';
import type { ReportSection } from './report-model.ts';

/**
 * Per step: what was planned, and what was done of it, with its denominator. Steps that nothing was due of are left out. What was
 * due before a step was given other words or days stands in a line of its own, as it was planned then.
 */
export function stepsSection(frame: ReportFrame, assignments: readonly Assignment[]): readonly ReportSection[] {
  const rows = assignments.flatMap((assignment) => {
    const occurrences = occurrencesOf(frame.state, assignment.id);
    const logs = logsIn(frame).filter(({ assignmentId }) => assignmentId === assignment.id);
    const unplanned = logs.filter(({ resolution }) => resolution === 'ad-hoc').length;
    const extra = logs.filter(({ resolution }) => resolution === 'extra').length;
    const now = plannedAs(assignment, undefined, frame.state.plan.language);
    const counted = occurrences
      .filter((occurrence) => countedAs(frame, occurrence) !== undefined)
      .map((occurrence) => ({ occurrence, as: plannedAs(assignment, occurrence, frame.state.plan.language) }));
    if (counted.length === 0 && logs.length === 0) return [];
    const besides = [
      ...(unplanned > 0 ? [`${unplanned} unplanned`] : []),
      ...(extra > 0 ? [`${extra} beyond what was planned`] : []),
    ];
    const each = [...new Map(counted.map(({ as }) => [as.join('\n'), as])).values()];
    const plans = each.length === 0 ? [now] : each;
    return plans.map((as, index) => {
      const own = counted.filter((one) => one.as.join('\n') === as.join('\n')).map(({ occurrence }) => occurrence);
      const done = [countWords(frame, own, false) ?? 'nothing was due', ...(index === plans.length - 1 ? besides : [])];
      return [...as, done.join(', ')];
    });
  });
  if (rows.length === 0) return [];
  return [{ title: 'Steps', table: { head: ['Step', 'Planned', 'Done'], rows }, entries: [] }];
}

/** Name and times of a step, as they stood for a time of it: one that is asked for no longer had the days of then. */
function plannedAs(
  step: Assignment,
  occurrence: Occurrence | undefined,
  language: string,
): readonly [name: string, planned: string] {
  const name = stepName(wordsThen(step, occurrence?.words));
  const schedule = occurrence?.superseded === true ? scheduleAt(step, occurrence) : scheduleOf(step);
  return [name, plannedWords(schedule, language)];
}

/** A step with the words that it had after so many of its changes. */
function wordsThen(step: Assignment, changes: number | undefined): Pick<Assignment, 'key' | 'title'> {
  return { key: step.key, title: wordsAfter(step, changes).title };
}

/** Beside something that was so while the step had another title; empty: it had the one that it has. */
export function thenCalled(step: Assignment, changes: number | undefined): string {
  const then = wordsThen(step, changes).title;
  return then === step.title ? '' : ` (then called “${plain(then)}”)`;
}

/** What was in force when that time ended, or was to end. */
function scheduleAt(step: Assignment, { dueUntil, endedAt }: Occurrence): Schedule {
  const at = endedAt !== undefined && endedAt < dueUntil ? endedAt : dueUntil;
  const then = step.schedules.findLast(({ from, until }) => from <= at && (until === undefined || at < until));
  return then?.schedule ?? step.schedules[0]?.schedule ?? scheduleOf(step);
}

export function stepName({ key, title }: Pick<Assignment, 'key' | 'title'>): string {
  return `${key} ${plain(title)}`;
}

/** How often and by when, as a report says it. */
export function plannedWords(schedule: Schedule, language: string): string {
  return scheduleWords(schedule, { day: (date) => writeDate(date, language, false), text: plain });
}
