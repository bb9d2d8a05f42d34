import type { UnlockCriterion } from '../../homework/model.ts';
import { stepsNamed } from '../../homework/plan/rule-parts.ts';
import type { Comparator, SimpleRule, UnlockRule } from '../../homework/plan/unlock-rule.ts';
import { identifierSystem, ourExtensions } from '../systems.ts';

/** What a condition must know of the questionnaire of a step that a rule names. */
export interface ReadStep {
  /** Absent: that kind has no such item, and a done one suffices. */
  readonly behaviourLinkId?: string | undefined;
  /** Absent: it does not ask whether what was feared came true. */
  readonly predictionTold?: { readonly linkId: string; readonly notTrue: readonly (string | false)[] } | undefined;
  /** Its calculated scores, which stand in no response. */
  readonly scores?: readonly { readonly linkId: string }[] | undefined;
}

/** What is read of a step by its key. */
export type ReadStepOf = (key: string) => ReadStep;

const FINISHED = "where(status = 'completed' or status = 'amended')";
const COUNTED = `where(extension('${ourExtensions.logContext}').extension('resolution').value.where($this = 'resolved' or $this = 'late').exists())`;

/**
 * An unlock rule as a FHIRPath condition over `%plan %task %logs %measures`, or of a joined rule over `%task1 %logs1 %measures1` and so on
 * (docs/unlock-rules.md); nothing for a rule that no data in FHIR can tell: a clinician's approval, and what goes by the patient's days.
 *
 * @see https://hl7.org/fhir/R4/plandefinition-definitions.html#PlanDefinition.action.condition
 */
export function unlockExpression(rule: UnlockRule, stepOf: ReadStepOf): string | undefined {
  switch (rule.type) {
    case 'by-clinician':
      return undefined;
    case 'at-start':
      return "%plan.status = 'active'";
    case 'all':
    case 'any':
      return joined(rule, stepOf);
    default:
      return partExpression(rule, '', stepOf);
  }
}

/** Only where each part can be said: a part that is left out of an `all` would open too early, one of an `any` too late. */
function joined(rule: Extract<UnlockRule, { of: readonly SimpleRule[] }>, stepOf: ReadStepOf): string | undefined {
  const named = stepsNamed(rule);
  const parts = rule.of.map((part) =>
    part.type === 'after' ? partExpression(part, String(named.indexOf(part.after) + 1), stepOf) : undefined,
  );
  if (parts.includes(undefined)) return undefined;
  return parts.map((part) => `(${part})`).join(rule.type === 'all' ? ' and ' : ' or ');
}

function partExpression(part: SimpleRule, nth: string, stepOf: ReadStepOf): string | undefined {
  // a day begins at four in the morning of a patient whom no library knows
  if (part.type === 'on-date') return undefined;
  const criterion = criterionExpression(part.criterion, nth, stepOf(part.after));
  return criterion && `%task${nth}.status != 'entered-in-error' and ${criterion}`;
}

function criterionExpression(criterion: UnlockCriterion, nth: string, step: ReadStep): string | undefined {
  const finished = `%logs${nth}.${FINISHED}`;
  switch (criterion.type) {
    case 'logs-done':
      return `${finished}.${COUNTED}.count() >= ${criterion.count}`;
    case 'behaviour-done':
      return step.behaviourLinkId === undefined
        ? `${finished}.${COUNTED}.exists()`
        : `${finished}.descendants().where(linkId = '${step.behaviourLinkId}').answer.where(value = true).exists()`;
    case 'measure-reached':
      return `${measures(criterion.linkId, nth)}.where($this ${criterion.comparator} ${criterion.value}).exists()`;
    case 'score-reached':
      return `${measures(criterion.score, nth)}.last() ${criterion.comparator} ${criterion.value}`;
    case 'measure-fell':
      return changed(measures(criterion.linkId, nth), 'down', criterion.by);
    case 'score-changed':
      return changed(measures(criterion.score, nth), criterion.direction, criterion.by);
    case 'fell-within-log':
      return fellWithinLog(criterion, finished, step);
    case 'prediction-not-true':
      return notTrue(criterion.count, finished, step);
    case 'in-a-row':
      return inARow(criterion, finished, step);
    // the days are the patient's: from four to four in their zone, which no variable tells
    case 'mean-of-days':
    case 'quota-kept':
    case 'clinician-approves':
      return undefined;
  }
}

/** `select(… | …)` keeps equal readings of different logs apart: a union removes duplicates only within one. */
function changed(all: string, direction: 'down' | 'up', by: number): string {
  const [from, to] = direction === 'down' ? ['first', 'last'] : ['last', 'first'];
  return `${all}.count() > 1 and ${all}.${from}() - ${all}.${to}() >= ${by}`;
}

function fellWithinLog(
  { peak, after, fall }: Extract<UnlockCriterion, { type: 'fell-within-log' }>,
  finished: string,
  { scores = [] }: ReadStep,
): string | undefined {
  if (scores.some(({ linkId }) => linkId === peak || linkId === after)) return undefined;
  const [high, low] = [answered(peak), answered(after)];
  const fell =
    'by' in fall ? `${high} - ${low} >= ${fall.by}` : `${high} > 0 and ${low} * 100 <= ${high} * ${fall.toPercent}`;
  return `${finished}.where(${fell}).exists()`;
}

function notTrue(count: number, finished: string, { predictionTold }: ReadStep): string | undefined {
  if (predictionTold === undefined) return undefined;
  const { linkId, notTrue: answers } = predictionTold;
  const means = answers.map((answer) => (answer === false ? 'value = false' : `value.code = '${answer}'`));
  if (means.length === 0) return undefined;
  const said = `descendants().where(linkId = '${linkId}').answer.first().where(${means.join(' or ')}).exists()`;
  return `${finished}.where(${said}).count() >= ${count}`;
}

function inARow(
  { linkId, comparator, value, count }: Extract<UnlockCriterion, { type: 'in-a-row' }>,
  finished: string,
  { scores = [] }: ReadStep,
): string | undefined {
  if (scores.some((score) => score.linkId === linkId)) return undefined;
  const last = `${finished}.skip(${finished}.count() - ${count})`;
  return `${finished}.count() >= ${count} and ${last}.where(${stands(linkId, comparator, value)}).count() = ${count}`;
}

const stands = (linkId: string, comparator: Comparator, value: number): string =>
  `${answered(linkId)} ${comparator} ${value}`;

/** The number that a response gives first to an item. */
function answered(linkId: string): string {
  return `descendants().where(linkId = '${linkId}').answer.first().select(value.ofType(integer) | value.ofType(decimal) | value.ofType(Quantity).value)`;
}

/** The readings of one item or score, in the order in which they were taken. */
function measures(linkId: string, nth: string): string {
  const isOfItem = `identifier.where(system = '${identifierSystem('measure')}' and value.endsWith('#${linkId}')).exists()`;
  return `%measures${nth}.where(status != 'entered-in-error' and ${isOfItem}).select(value.ofType(integer) | value.ofType(Quantity).value)`;
}
