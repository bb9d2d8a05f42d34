import type { LocalDate, UnlockCriterion, UnlockRule } from '../model.ts';
import type { AfterStep, Comparator, SimpleRule } from './unlock-rule.ts';

/** How whoever reads it calls things; what is left out is said plainly. */
export interface RuleSpeech {
  /** `had`: as what came about; absent: as what is to come about. */
  readonly tense?: 'has' | 'had';
  readonly clinician?: 'the clinician' | 'your clinician';
  /** A step by its key: `step 4a`. */
  readonly step?: (key: string) => string;
  /** A question or score by its linkId, in a step. */
  readonly measure?: (linkId: string, key: string) => string;
  readonly number?: (value: number) => string;
  readonly day?: (date: LocalDate) => string;
}

/**
 * What opens a locked step, as one sentence without its full stop: `Opens once step 1 has been logged 3 times`. FHIR, the note and the app
 * say it with these words, and no others.
 */
export function opensWords(rule: UnlockRule, speech: RuleSpeech = {}): string {
  const { clinician = 'the clinician', step = stepWords } = speech;
  if (rule.type === 'at-start') return 'Open from the start';
  if (rule.type === 'by-clinician') return `Opens when ${clinician} unlocks it`;
  if (rule.type === 'after' && rule.criterion.type === 'clinician-approves')
    return `Opens after ${step(rule.after)}, when ${clinician} says so`;
  return rule.type === 'on-date' ? `Opens on ${dayWords(rule.date, speech)}` : `Opens once ${ruleWords(rule, speech)}`;
}

/** What a rule waits for, as a clause: `step 1 has been done, and March 9 has come`; `had` for what has come about. */
export function ruleWords(rule: UnlockRule, speech: RuleSpeech = {}): string {
  const { tense = 'has', clinician = 'the clinician' } = speech;
  switch (rule.type) {
    case 'at-start':
      return `the plan ${tense} started`;
    case 'by-clinician':
      return `${clinician} ${tense} unlocked it`;
    case 'all':
      return rule.of.map((part) => partWords(part, speech)).join(', and ');
    case 'any':
      return rule.of.map((part) => partWords(part, speech)).join(', or ');
    default:
      return partWords(rule, speech);
  }
}

/** A linkId as words, where nobody knows better ones: `suds-peak` → `SUDS peak`. */
export function measureWords(linkId: string): string {
  return linkId.replaceAll('-', ' ').replace(/^suds/, 'SUDS');
}

const stepWords = (key: string): string => `step ${key}`;

const dayWords = (date: LocalDate, { day = (plain) => plain }: RuleSpeech): string => day(date);

function partWords(part: SimpleRule, speech: RuleSpeech): string {
  const { tense = 'has' } = speech;
  return part.type === 'on-date' ? `${dayWords(part.date, speech)} ${tense} come` : afterWords(part, speech);
}

function afterWords({ after, criterion }: AfterStep, speech: RuleSpeech): string {
  const { tense = 'has', clinician = 'the clinician', number = String } = speech;
  const step = (speech.step ?? stepWords)(after);
  const measure = (linkId: string): string => `“${speech.measure?.(linkId, after) ?? measureWords(linkId)}”`;
  const is = tense === 'has' ? 'is' : 'was';
  switch (criterion.type) {
    case 'logs-done':
      return `${step} ${tense} been logged${timesWords(criterion.count)}`;
    case 'behaviour-done':
      return `${step} ${tense} been done`;
    case 'measure-reached':
      return `${measure(criterion.linkId)} in ${step} ${is} ${boundWords(criterion, number)}`;
    case 'score-reached':
      return `${measure(criterion.score)} in ${step} ${is} ${boundWords(criterion, number)}`;
    case 'measure-fell':
      return `${measure(criterion.linkId)} in ${step} ${tense} fallen by ${number(criterion.by)}`;
    case 'score-changed':
      return `${measure(criterion.score)} in ${step} ${tense} ${criterion.direction === 'down' ? 'fallen' : 'risen'} by ${number(criterion.by)}`;
    case 'fell-within-log':
      return `${measure(criterion.after)} in ${step} ${is} ${fallWords(criterion, measure, number)}`;
    case 'prediction-not-true':
      return `${step} ${tense} shown${timesWords(criterion.count)} that what was feared did not happen`;
    case 'in-a-row':
      return `${measure(criterion.linkId)} in ${step} ${tense} been ${boundWords(criterion, number)}${timesWords(criterion.count)} in a row`;
    case 'mean-of-days':
      return `${measure(criterion.linkId)} in ${step} ${tense} been ${boundWords(criterion, number)} on average over ${daysWords(criterion.days)}${leastWords(criterion)}`;
    case 'quota-kept':
      return `${measure(criterion.actual)} in ${step} ${tense} been ${number(criterion.from)} to ${number(criterion.to)}% of ${measure(criterion.planned)} on ${criterion.days} of ${daysWords(criterion.of)}`;
    case 'clinician-approves':
      return `${clinician} ${tense} agreed after ${step}`;
  }
}

/** Nothing for once. */
const timesWords = (count: number): string => (count === 1 ? '' : ` ${count} times`);

const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

const leastWords = ({ days, atLeast }: Extract<UnlockCriterion, { type: 'mean-of-days' }>): string =>
  atLeast <= 1 || days === 1 ? '' : `, with ${atLeast} of them logged`;

function boundWords(
  { comparator, value }: { readonly comparator: Comparator; readonly value: number },
  number: (value: number) => string,
): string {
  return `${number(value)} or ${comparator === '<=' ? 'less' : 'more'}`;
}

function fallWords(
  { peak, fall }: Extract<UnlockCriterion, { type: 'fell-within-log' }>,
  measure: (linkId: string) => string,
  number: (value: number) => string,
): string {
  if ('by' in fall) return `${number(fall.by)} or more below ${measure(peak)}`;
  return `${number(fall.toPercent)}% of ${measure(peak)}, or less`;
}
