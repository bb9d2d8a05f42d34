import { loggedNotDone } from '../log/told-not-done.ts';
import { writeNumber } from '../log/write-number.ts';
import type { Assignment, Instant, Log, PlanState, Schedule, UnlockCriterion } from '../model.ts';
import { isEnded } from '../plan/is-ended.ts';
import { ruleInForce } from '../plan/rule-in-force.ts';
import { stuckBehind } from '../plan/waits-for-clinician.ts';
import { occurrencesOf } from '../replace-in-state.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { stillOccurs } from '../schedule/still-occurs.ts';
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
  if (schedule.type === 'once') return `by ${writeDate(schedule.by, language)}`;
  if (schedule.type === 'once-within') return `within ${schedule.days} days`;
  return `${plain(schedule.text)}, by ${writeDate(schedule.window.end, language)}`;
}

function opensWhen(state: PlanState, assignment: Assignment, { said, at }: NextSeen): string {
  const { unlockedAt } = assignment;
  const before = stuckBehind(state.assignments, assignment);
  const unlock = ruleInForce(state, assignment);
  if (before !== undefined) {
    const waits = unlock.type === 'after' && unlock.criterion.type === 'behaviour-done';
    if (waits && loggedNotDone(state, before.id, said) !== undefined) {
      // a log beyond what was planned, or one put right, still opens what has time left
      const opens = stillOccurs(scheduleOf(assignment), at, state.plan.timeZone)
        ? 'once that was done, or by hand'
        : 'only by hand now';
      return `step ${before.key} was logged, but not done; it opens ${opens}`;
    }
    return `it opens only by hand now, because step ${before.key} ${endedHow(before)}`;
  }
  if (unlockedAt !== undefined) return 'the clinician opens it again';
  if (unlock.type === 'at-start') return 'opens when the plan starts';
  if (unlock.type === 'by-clinician') return 'the clinician opens it';
  return `opens when, in step ${unlock.after}, ${criterionText(unlock.criterion, state.plan.language)}`;
}

/** How a step ended that did not open the one behind it. */
function endedHow({ status, businessStatus }: Assignment): string {
  if (status === 'completed') return 'is over and did not open it';
  if (businessStatus === 'stopped-by-patient') return 'was stopped by the patient';
  return businessStatus === 'mistake' ? 'was made by mistake' : `was ${businessStatus.replaceAll('-', ' ')}`;
}

function criterionText(criterion: UnlockCriterion, language: string): string {
  const number = (value: number) => writeNumber(value, language);
  switch (criterion.type) {
    case 'logs-done':
      return criterion.count === 1 ? 'one log is done' : `${criterion.count} logs are done`;
    case 'behaviour-done':
      return 'the behaviour was done';
    case 'measure-reached':
      return `${spoken(criterion.linkId)} is ${criterion.comparator === '<=' ? 'at most' : 'at least'} ${number(criterion.value)}`;
    case 'measure-fell':
      return `${spoken(criterion.linkId)} fell by ${number(criterion.by)}`;
    case 'clinician-approves':
      return 'the clinician approves';
  }
}

const spoken = (linkId: string) => linkId.replaceAll('-', ' ');
