import { writeNumber } from '../log/write-number.ts';
import type { Assignment, Instant, Log, PlanState, Schedule } from '../model.ts';
import { isEnded } from '../plan/is-ended.ts';
import { ruleInForce } from '../plan/rule-in-force.ts';
import { opensWords } from '../plan/rule-words.ts';
import { type Stuck, stuckOf } from '../plan/stuck-of.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { scheduleWords } from '../schedule/schedule-words.ts';
import { writeDate } from '../schedule/write-day.ts';
import { plain } from './report-frame.ts';
import { stepName } from './report-steps.ts';

interface NextSeen {
  /** What a log says of whether it was done; undefined: nothing. */
  readonly said: (log: Log) => boolean | undefined;
  /** When it is told. */
  readonly at: Instant;
}

const unseen: NextSeen = { said: () => undefined, at: '' };

/** What is still to be done, and what is locked next and by what; what is locked behind that is named. @param assignments in step order */
export function nextLines(
  state: PlanState,
  assignments: readonly Assignment[],
  seen: NextSeen = unseen,
): readonly string[] {
  const open = assignments.filter((assignment) => !isEnded(assignment));
  const [firstLocked, ...behind] = open.filter(({ status }) => status === 'draft');
  const shown = open.filter((assignment) => assignment.status !== 'draft' || assignment === firstLocked);
  return [
    ...shown.map((assignment) => nextLine(state, assignment, seen)),
    ...(behind.length === 0 ? [] : [`after that, locked too: ${behind.map(({ key }) => key).join(', ')}`]),
  ];
}

function nextLine(state: PlanState, assignment: Assignment, seen: NextSeen): string {
  const name = stepName(assignment);
  if (assignment.status === 'draft') return `${name}: locked; ${opensWhen(state, assignment, seen)}`;
  if (assignment.businessStatus === 'paused') return `${name}: paused`;
  const waits = occurrencesOf(state, assignment.id).some(({ status }) => status === 'due' || status === 'overdue');
  if (!waits) return `${name}: nothing due`;
  const late = assignment.businessStatus === 'overdue' ? 'overdue, was due' : 'due';
  return `${name}: ${late} ${byWhen(scheduleOf(assignment), state.plan.language)}`;
}

function byWhen(schedule: Schedule, language: string): string {
  if (schedule.type === 'at-visit') return 'at the next visit';
  const words = scheduleWords(schedule, { day: (date) => writeDate(date, language), text: plain });
  // that it is asked for once, its being due says already
  return schedule.type === 'once' || schedule.type === 'once-within' ? words.replace('once, ', '') : words;
}

function opensWhen(state: PlanState, assignment: Assignment, seen: NextSeen): string {
  const stuck = stuckOf(state, assignment, seen);
  if (stuck !== undefined) return opensNoMore(state, assignment, stuck);
  if (assignment.unlockedAt !== undefined) return 'the clinician opens it again';
  return opensByRule(state, assignment);
}

function opensByRule(state: PlanState, assignment: Assignment): string {
  const unlock = ruleInForce(state, assignment);
  if (unlock.type === 'at-start') return 'opens when the plan starts';
  if (unlock.type === 'by-clinician') return 'the clinician opens it';
  const { language } = state.plan;
  const words = opensWords(unlock, {
    number: (value) => writeNumber(value, language),
    day: (date) => writeDate(date, language),
  });
  return words.replace(/^O/, 'o');
}

/** The same causes as first page and plan tell. */
function opensNoMore(
  state: PlanState,
  assignment: Assignment,
  { before, notDone, day, opens }: Stuck<Assignment>,
): string {
  const because = [
    ...(before === undefined || before.status === 'completed' ? [] : [`step ${before.key} ${endedHow(before)}`]),
    ...(notDone ? [`step ${before?.key} was logged, but not done`] : []),
    // a step that is done may well have opened it, had its own day not been over
    ...(day === undefined ? [] : [`its own day, ${writeDate(day, state.plan.language)}, is over`]),
  ];
  const why = because.length === 0 ? `step ${before?.key} is over and did not open it` : because.join(', and ');
  switch (opens) {
    case 'new-day':
      return `it opens only by hand now, with a new day, because ${why}`;
    case 'hand':
      return `it opens only by hand now, because ${why}`;
    // a log beyond what was planned, or one put right, still opens it
    case 'once-done':
      return `${why}; it opens once that was done, or by hand`;
    case 'rule':
      return `${why}; it ${opensByRule(state, assignment)}, or by hand`;
  }
}

/** How a step ended that was not logged to its end. */
function endedHow({ businessStatus }: Assignment): string {
  if (businessStatus === 'stopped-by-patient') return 'was stopped by the patient';
  return businessStatus === 'mistake' ? 'was made by mistake' : `was ${businessStatus.replaceAll('-', ' ')}`;
}
