import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant } from '../model.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import { isLocalDate, isTimeZone } from '../schedule/day-end.ts';
import type { DesignAssignment, DesignPlan } from './design.ts';
import { refuseTooEarly } from './refuse-too-early.ts';
import { ruleIssues } from './rule-issues.ts';
import type { Issue } from './ruled-step.ts';

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
    issues.push(...ruleIssues(assignment, `${path}.`, { all: assignments, period }));
  });
  if (issues.length > 0)
    throw new IntersessionError('invalid-request', { issues }, `the plan has ${issues.length} problem(s)`);
  const within = { ...period, timeZone: command.timeZone, ...defined({ daysOff: command.daysOff }) };
  assignments.forEach((assignment, index) => {
    const path = `assignments[${index}]`;
    checkSchedule(assignment.schedule, `${path}.schedule`, within, at);
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
  const { key, step, title, lateGraceHours } = assignment;
  if (key.trim() === '') issues.push({ path: `${path}.key`, problem: 'is empty' });
  if (title.trim() === '') issues.push({ path: `${path}.title`, problem: 'is empty' });
  if (step !== undefined && (!Number.isInteger(step) || step < 1))
    issues.push({ path: `${path}.step`, problem: 'must be a whole number, at least 1' });
  if (!Number.isFinite(lateGraceHours) || lateGraceHours < 0)
    issues.push({ path: `${path}.lateGraceHours`, problem: 'must be 0 or more' });
  return issues;
}
