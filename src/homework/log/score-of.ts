import type { AnswerItem } from './answer.ts';
import { type GivenAnswers, givenAnswers } from './given-answers.ts';
import { isAsked } from './is-asked.ts';
import { minutesBetween } from './minutes-between.ts';
import { pointsOf } from './points-of.ts';
import { type ScoreDeclaration, scoreReads } from './score.ts';

/** Of whom the answers are, for whom they are read, and what else is calculated from them. */
export interface ScoreContext {
  readonly items: readonly AnswerItem[];
  /** linkIds that the patient does not share; absent: for the patient's own eyes. */
  readonly withheld?: readonly string[];
  /** All scores of the version: one may be made of another. */
  readonly scores: readonly ScoreDeclaration[];
}

/**
 * The value of a score, by docs/engines/scores.md. Undefined when a part of it was asked and not answered, when a part is withheld
 * (what is left would tell it), when it cannot be calculated, or when it would lie outside the range of the score.
 */
export function scoreOf(declaration: ScoreDeclaration, context: ScoreContext): number | undefined {
  return new Scoring(context).value(declaration, []);
}

/** Whether a score has no value because the patient keeps a part of it, or a question on which a part turns, to themself. */
export function isScoreWithheld(declaration: ScoreDeclaration, context: ScoreContext): boolean {
  return new Scoring(context).isWithheld(declaration);
}

/** A part of a calculation: its values (several where the item repeats), that it was not asked, or that it is missing. */
type Part = readonly number[] | 'not-asked' | 'missing';

class Scoring {
  private readonly scores: readonly ScoreDeclaration[];
  private readonly given: GivenAnswers;

  constructor({ items, withheld = [], scores }: ScoreContext) {
    this.scores = scores;
    this.given = givenAnswers(items, withheld);
  }

  value(declaration: ScoreDeclaration, within: readonly string[]): number | undefined {
    if (this.isWithheld(declaration)) return undefined;
    const value = this.calculate(declaration, [...within, declaration.linkId]);
    const { least, most } = declaration.range;
    return value === undefined || value < least || value > most ? undefined : value;
  }

  isWithheld(declaration: ScoreDeclaration): boolean {
    return [...scoreReads(declaration, this.scores)].some((linkId) => this.given.isWithheld(linkId));
  }

  private calculate(declaration: ScoreDeclaration, within: readonly string[]): number | undefined {
    const { calculation } = declaration;
    const one = (linkId: string) => total(this.part(declaration, linkId, within), undefined);
    switch (calculation.type) {
      case 'sum':
      case 'mean':
        return this.overall(declaration, calculation, within);
      case 'count': {
        const parts = calculation.linkIds.map((linkId) => this.part(declaration, linkId, within));
        if (parts.includes('missing')) return undefined;
        return parts.flatMap(numbersOf).filter((value) => value >= calculation.atLeast).length;
      }
      case 'scaled': {
        const value = one(calculation.of);
        return value === undefined ? undefined : exact(value * calculation.times + calculation.plus);
      }
      case 'minutes-between':
        return minutesBetween(this.given.answersTo(calculation.from), this.given.answersTo(calculation.to));
      case 'less': {
        const whole = one(calculation.of);
        const off = calculation.less.map((linkId) => total(this.part(declaration, linkId, within), 0));
        if (whole === undefined || off.includes(undefined)) return undefined;
        return Math.max(0, exact(off.reduce<number>((left, value) => left - (value ?? 0), whole)));
      }
      case 'percent': {
        const [part, whole] = [one(calculation.of), one(calculation.in)];
        return part === undefined || whole === undefined || whole === 0 ? undefined : tenths((part / whole) * 100);
      }
    }
  }

  /** Sum and mean; of a sum that is prorated the nearest whole number, of a mean one decimal. */
  private overall(
    declaration: ScoreDeclaration,
    { type, linkIds, prorate = 0 }: Extract<ScoreDeclaration['calculation'], { type: 'sum' | 'mean' }>,
    within: readonly string[],
  ): number | undefined {
    const parts = linkIds
      .map((linkId) => this.part(declaration, linkId, within))
      .filter((part) => part !== 'not-asked');
    const missing = parts.filter((part) => part === 'missing').length;
    const numbers = parts.flatMap(numbersOf);
    if (missing > prorate || (parts.length > 0 && numbers.length === 0)) return undefined;
    const sum = exact(numbers.reduce((all, value) => all + value, 0));
    if (type === 'mean') return numbers.length === 0 ? undefined : tenths(sum / numbers.length);
    return missing === 0 ? sum : Math.round((sum * parts.length) / (parts.length - missing));
  }

  private part(declaration: ScoreDeclaration, linkId: string, within: readonly string[]): Part {
    const score = within.includes(linkId) ? undefined : this.scores.find((other) => other.linkId === linkId);
    if (score !== undefined) {
      const value = this.value(score, within);
      return value === undefined ? 'missing' : [value];
    }
    const asked = askedBy(declaration, linkId).map((when) => isAsked(when, this.given.answersTo));
    if (asked.includes(false)) return 'not-asked';
    const numbers = this.given.answersTo(linkId).map((answer) => pointsOf(declaration, linkId, answer));
    const known = numbers.filter((number) => number !== undefined);
    return known.length === 0 || known.length < numbers.length ? 'missing' : known;
  }
}

const askedBy = ({ form }: ScoreDeclaration, linkId: string) => form?.asked[linkId] ?? [];

const numbersOf = (part: Part): readonly number[] => (typeof part === 'string' ? [] : part);

/** Several answers to one item count together. */
function total(part: Part, notAsked: number | undefined): number | undefined {
  if (part === 'not-asked') return notAsked;
  return part === 'missing' ? undefined : exact(part.reduce((all, value) => all + value, 0));
}

/** Without what a binary fraction adds: 0.1 + 0.2 is 0.3. */
const exact = (value: number): number => Math.round(value * 1e6) / 1e6;

/** To one decimal, halves up. */
const tenths = (value: number): number => Math.round(exact(value * 10)) / 10;
