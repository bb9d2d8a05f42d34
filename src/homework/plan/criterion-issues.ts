import type { UnlockCriterion } from '../model.ts';
import { mostDaysWithin } from './most-days-within.ts';
import { mostLogs, type PlanPeriod } from './most-logs.ts';
import type { Issue, RuledStep } from './ruled-step.ts';

/** A field of a criterion and what is wrong with it. */
type Problem = readonly [field: string, problem: string];

/**
 * What is wrong with a criterion: numbers that mean nothing, and more than the step before will give.
 * @param before the step that it is to hold of, where that is known to be in order
 */
export function criterionIssues(
  criterion: UnlockCriterion,
  path: string,
  before: RuledStep | undefined,
  period: PlanPeriod,
): readonly Issue[] {
  const wrong = wrongNumbers(criterion);
  const never = wrong.length > 0 || before === undefined ? [] : neverEnough(criterion, before, period);
  return [...wrong, ...never].map(([field, problem]) => ({ path: `${path}.${field}`, problem }));
}

function wrongNumbers(criterion: UnlockCriterion): readonly Problem[] {
  switch (criterion.type) {
    case 'logs-done':
    case 'prediction-not-true':
      return whole('count', criterion.count);
    case 'measure-reached':
    case 'score-reached':
      return finite('value', criterion.value);
    case 'measure-fell':
    case 'score-changed':
      return positive('by', criterion.by);
    case 'fell-within-log':
      return fallIssues(criterion);
    case 'in-a-row':
      return [...finite('value', criterion.value), ...whole('count', criterion.count)];
    case 'mean-of-days':
      return [
        ...finite('value', criterion.value),
        ...whole('days', criterion.days),
        ...whole('atLeast', criterion.atLeast),
        ...(criterion.atLeast > criterion.days ? [problem('atLeast', 'is more than the days that are looked at')] : []),
      ];
    case 'quota-kept':
      return [
        ...(criterion.planned === criterion.actual ? [problem('actual', 'is what was planned itself')] : []),
        ...finite('to', criterion.to),
        ...(criterion.from >= 0 ? [] : [problem('from', 'must be 0 or more')]),
        ...(criterion.from <= criterion.to ? [] : [problem('from', 'is more than `to`: nothing lies between')]),
        ...whole('days', criterion.days),
        ...whole('of', criterion.of),
        ...(criterion.days > criterion.of ? [problem('days', 'is more than the days that are looked at')] : []),
      ];
    default:
      return [];
  }
}

function fallIssues({ peak, after, fall }: Extract<UnlockCriterion, { type: 'fell-within-log' }>): readonly Problem[] {
  const same = peak === after ? [problem('after', 'is the peak itself')] : [];
  if ('by' in fall) return [...same, ...positive('fall.by', fall.by)];
  const isShare = fall.toPercent >= 0 && fall.toPercent < 100;
  return [...same, ...(isShare ? [] : [problem('fall.toPercent', 'must be at least 0 and below 100')])];
}

const problem = (field: string, what: string): Problem => [field, what];

const whole = (field: string, value: number): readonly Problem[] =>
  Number.isInteger(value) && value >= 1 ? [] : [problem(field, 'must be a whole number, at least 1')];

const positive = (field: string, value: number): readonly Problem[] =>
  Number.isFinite(value) && value > 0 ? [] : [problem(field, 'must be above 0')];

const finite = (field: string, value: number): readonly Problem[] =>
  Number.isFinite(value) ? [] : [problem(field, 'is no number')];

/** Why a criterion would never hold though everything is done that is asked for. */
function neverEnough(criterion: UnlockCriterion, before: RuledStep, period: PlanPeriod): readonly Problem[] {
  const most = mostLogs(before.schedule, period);
  const asks = (field: string, count: number, what: string, least: number): readonly Problem[] =>
    !(count > least)
      ? []
      : [
          problem(
            field,
            `asks for ${count} ${what} of step ${before.key}, which asks for ${least}: it would never open`,
          ),
        ];
  const asksOfDays = (field: string, count: number, of: number): readonly Problem[] => {
    const within = mostDaysWithin(before.schedule, of);
    const never = `asks for ${count} days in ${of} of step ${before.key}, which asks on ${within}: it would never open`;
    return count > within ? [problem(field, never)] : asks(field, count, 'days', most.days);
  };
  switch (criterion.type) {
    case 'logs-done':
    case 'in-a-row':
    case 'prediction-not-true':
      return asks('count', criterion.count, 'logs', most.logs);
    case 'measure-fell':
    case 'score-changed':
      return asks('by', 2, 'logs', most.logs);
    case 'mean-of-days':
      return asksOfDays('atLeast', criterion.atLeast, criterion.days);
    case 'quota-kept':
      return asksOfDays('days', criterion.days, criterion.of);
    default:
      return [];
  }
}
