import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant, LocalDate, Schedule } from '../model.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import { isLocalDate, isTimeZone } from '../schedule/day-end.ts';
import { timesAsked } from '../schedule/schedule-of.ts';
import type { DesignAssignment, DesignPlan } from './design.ts';

interface Issue {
  readonly path: string;
  readonly problem: string;
}

/**
 * Refuses a plan that can't be carried out as it is designed.
 * @throws IntersessionError `invalid-request` with every issue found; `schedule-never-occurs` for the first such schedule
 */
export function checkDesign(command: DesignPlan, at: Instant): void {
  const { assignments, period } = command;
  const issues: Issue[] = [...planIssues(command)];
  const keys = assignments.map(({ key }) => key);
  const steps = assignments.map(({ step }, index) => step ?? index + 1);
  const ids = assignments.map(({ id }) => id);
  assignments.forEach((assignment, index) => {
    const path = `assignments[${index}]`;
    issues.push(...assignmentIssues(assignment, path));
    if (keys.indexOf(assignment.key) !== index) issues.push({ path: `${path}.key`, problem: 'is there twice' });
    if (steps.indexOf(steps[index] ?? 0) !== index) issues.push({ path: `${path}.step`, problem: 'is there twice' });
    if (ids.indexOf(assignment.id) !== index) issues.push({ path: `${path}.id`, problem: 'is there twice' });
    issues.push(...ruleIssues(assignment, `${path}.`, assignments));
  });
  if (issues.length > 0)
    throw new IntersessionError('invalid-request', { issues }, `the plan has ${issues.length} problem(s)`);
  assignments.forEach((assignment, index) => {
    const path = `assignments[${index}]`;
    checkSchedule(assignment.schedule, `${path}.schedule`, { ...period, timeZone: command.timeZone }, at);
    refuseTooEarly(assignment, `${path}.`, assignments);
  });
}

function planIssues({ title, timeZone, language, period, assignments }: DesignPlan): Issue[] {
  const issues: Issue[] = [];
  if (title.trim() === '') issues.push({ path: 'title', problem: 'is empty' });
  if (language.trim() === '') issues.push({ path: 'language', problem: 'is empty' });
  if (!isTimeZone(timeZone)) issues.push({ path: 'timeZone', problem: 'is not a known IANA zone' });
  if (!isLocalDate(period.start)) issues.push({ path: 'period.start', problem: 'is not a day (YYYY-MM-DD)' });
  if (period.end !== undefined && !isLocalDate(period.end))
    issues.push({ path: 'period.end', problem: 'is not a day (YYYY-MM-DD)' });
  if (period.end !== undefined && period.end < period.start)
    issues.push({ path: 'period.end', problem: 'is before the plan starts' });
  if (assignments.length === 0) issues.push({ path: 'assignments', problem: 'is empty' });
  return issues;
}

function assignmentIssues(assignment: DesignAssignment, path: string): Issue[] {
  const issues: Issue[] = [];
  const { key, step, title, lateGraceHours, unlock } = assignment;
  if (key.trim() === '') issues.push({ path: `${path}.key`, problem: 'is empty' });
  if (title.trim() === '') issues.push({ path: `${path}.title`, problem: 'is empty' });
  if (step !== undefined && (!Number.isInteger(step) || step < 1))
    issues.push({ path: `${path}.step`, problem: 'must be a whole number, at least 1' });
  if (!Number.isFinite(lateGraceHours) || lateGraceHours < 0)
    issues.push({ path: `${path}.lateGraceHours`, problem: 'must be 0 or more' });
  if (unlock.type === 'after' && unlock.criterion.type === 'logs-done') {
    const { count } = unlock.criterion;
    if (!Number.isInteger(count) || count < 1)
      issues.push({ path: `${path}.unlock.criterion.count`, problem: 'must be a whole number, at least 1' });
  }
  return issues;
}

/** What a rule is judged by. */
type RuledStep = Pick<DesignAssignment, 'key' | 'unlock' | 'schedule'>;

/** Why a step would stay locked whatever is done: what its rule waits for is none of these steps, or gives it less than it asks for. */
export function ruleIssues(step: RuledStep, at: string, all: readonly RuledStep[]): Issue[] {
  const problem = unlockProblem(step, all);
  if (problem !== undefined) return [{ path: `${at}unlock.after`, problem }];
  return neverOpens(step, at, all);
}

/** What is wrong with the step that an unlock rule waits for: unknown, itself, or in a circle. */
function unlockProblem(assignment: RuledStep, all: readonly RuledStep[]): string | undefined {
  const after = (key: string | undefined): string | undefined => {
    const rule = all.find((candidate) => candidate.key === key)?.unlock;
    return rule?.type === 'after' ? rule.after : undefined;
  };
  if (assignment.unlock.type !== 'after') return undefined;
  const first = assignment.unlock.after;
  if (first === assignment.key) return 'names the step itself';
  if (!all.some(({ key }) => key === first)) return 'names no step of this plan';
  const seen = new Set<string>();
  for (let key: string | undefined = first; key !== undefined && !seen.has(key); key = after(key)) {
    if (key === assignment.key) return 'goes in a circle';
    seen.add(key);
  }
  return undefined;
}

/** Why a step would stay locked for ever though everything is done that is asked for: with the field that says so. */
function neverOpens({ unlock }: RuledStep, at: string, all: readonly RuledStep[]): Issue[] {
  if (unlock.type !== 'after' || unlock.criterion.type !== 'logs-done') return [];
  const before = all.find(({ key }) => key === unlock.after);
  if (before === undefined) return [];
  const { count } = unlock.criterion;
  const asked = timesAsked(before.schedule);
  if (!Number.isInteger(count) || count <= asked) return [];
  const problem = `asks for ${count} logs of step ${before.key}, which asks for ${asked}: it would never open`;
  return [{ path: `${at}unlock.criterion.count`, problem }];
}

/**
 * Refuses a step whose time is over before the one begins whose logs open it.
 * @throws IntersessionError `schedule-never-occurs`
 */
export function refuseTooEarly({ unlock, schedule }: RuledStep, at: string, all: readonly RuledStep[]): void {
  if (unlock.type !== 'after' || unlock.criterion.type !== 'logs-done') return;
  const before = all.find(({ key }) => key === unlock.after);
  const last = lastDay(schedule);
  if (before?.schedule.type !== 'event' || last === undefined || last >= before.schedule.window.start) return;
  const field = `${at}schedule.${schedule.type === 'event' ? 'window.end' : 'by'}`;
  const problem = `is before step ${before.key} begins, which opens it`;
  throw new IntersessionError('schedule-never-occurs', { field, problem }, `${field} ${problem}`);
}

function lastDay(schedule: Schedule): LocalDate | undefined {
  if (schedule.type === 'once-within') return undefined;
  return schedule.type === 'event' ? schedule.window.end : schedule.by;
}
