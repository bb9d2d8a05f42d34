import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { gridQuestions, gridValue } from './grid-questions.ts';
import { finishedLogs, stepsOf } from './steps.ts';
import { versionOf } from './version-of.ts';

/** Seldomer than so many days apart, days beside each other are empty ones: what comes every two weeks is seen in its chart. */
const mostApart = 3;

/** The steps of a plan that are asked for by days, in their order: those that have a grid of days. */
export function dailySteps(view: PlanView): readonly StepView[] {
  return stepsOf(view).filter((step) => {
    const schedule = scheduleOf(step);
    if (schedule.type !== 'series') return false;
    const { pattern } = schedule;
    if (pattern.type === 'days') return pattern.every <= mostApart;
    return pattern.type === 'weekdays' && (7 * pattern.everyWeeks) / pattern.days.length <= mostApart;
  });
}

/** Whether a step of days has been logged with what its grid has a row for; a row is named by the form of the last log. */
export function hasDays(homework: PatientHomework, view: PlanView): boolean {
  return dailySteps(view).some(({ id }) => {
    const logs = finishedLogs(view, id);
    const last = logs.at(-1);
    const { summary = [], scores } = (last && versionOf(homework, last.questionnaire)) ?? {};
    const questions = gridQuestions(summary);
    return logs.some((log) => questions.some(({ linkId }) => gridValue(log, linkId, scores) !== undefined));
  });
}
