import type { AskedWhen } from './is-asked.ts';

/**
 * A value that is calculated from the answers of one log, as data of the kind's version. It becomes an Observation as if it had been
 * an item with its `linkId`; an incomplete one has no value (docs/engines/scores.md).
 */
export interface ScoreDeclaration {
  /** Stands for an item's linkId wherever one names it: in a summary line, in an unlock rule, in the Observation's identifier. */
  readonly linkId: string;
  readonly label: string;
  readonly code: { readonly system: string; readonly code: string; readonly display: string };
  /** UCUM code; absent: a bare number. */
  readonly unit?: string;
  readonly calculation: ScoreCalculation;
  /** Range of what can come out; what would lie outside is no value. */
  readonly range: { readonly least: number; readonly most: number };
  /** By what a clinician reads it; the last whose `from` is reached holds. */
  readonly bands?: readonly { readonly from: number; readonly label: string }[];
  /** From where on it speaks for what is asked ("probable PTSD"), or below which where lower is worse. */
  readonly cutoff?: number;
  /** A change by so much is more than error. */
  readonly reliableChange?: number;
  /** A change by so much is certainly more than error, where the literature has two figures. */
  readonly certainChange?: number;
  readonly higherIs: 'better' | 'worse' | 'neither';
  /** Days that the questions look back on; a shorter repeat is marked, never refused. */
  readonly recallDays?: number;
  /** What the version's Questionnaire says of the items. Filled in from it (`withForm`): a kind does not write it. */
  readonly form?: ScoredForm;
}

/** What a score must know of the form that was filled in, as data. */
export interface ScoredForm {
  /** What an option counts, by linkId and the option's code (or its text, number or date); an option without a figure counts as no answer. */
  readonly points: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** When an item is asked at all: by all of these, its own and those of the groups that it stands in; absent: always. */
  readonly asked: Readonly<Record<string, readonly AskedWhen[]>>;
  /** The groups and questions that an item, or a question on which it turns, stands in; absent: none. Who withholds one withholds it. */
  readonly around: Readonly<Record<string, readonly string[]>>;
}

export type ScoreCalculation =
  /** Of ordinal values of the options, or of numbers. `prorate`: so many may be missing, where the instrument's manual allows it. */
  | { readonly type: 'sum' | 'mean'; readonly linkIds: readonly string[]; readonly prorate?: number }
  /** How many of the items have at least that value. */
  | { readonly type: 'count'; readonly linkIds: readonly string[]; readonly atLeast: number }
  /** Another score or item, times and plus a constant. */
  | { readonly type: 'scaled'; readonly of: string; readonly times: number; readonly plus: number }
  /** Minutes from one time of day (or dateTime) to a later one, over midnight where it is earlier on the clock. */
  | { readonly type: 'minutes-between'; readonly from: string; readonly to: string }
  /** What is left of one after others are taken off; never below 0. */
  | { readonly type: 'less'; readonly of: string; readonly less: readonly string[] }
  /** One as % of another. */
  | { readonly type: 'percent'; readonly of: string; readonly in: string };

/** The items and scores that a score is made of directly. */
export function partsOf({ calculation }: ScoreDeclaration): readonly string[] {
  switch (calculation.type) {
    case 'sum':
    case 'mean':
    case 'count':
      return calculation.linkIds;
    case 'scaled':
      return [calculation.of];
    case 'minutes-between':
      return [calculation.from, calculation.to];
    case 'less':
      return [calculation.of, ...calculation.less];
    case 'percent':
      return [calculation.of, calculation.in];
  }
}

/**
 * All linkIds whose answers a score tells something of: its items, those of the scores that it is made of, what decides whether they
 * are asked, and what these stand in. Who withholds one of them withholds the score.
 */
export function scoreReads(
  score: ScoreDeclaration,
  scores: readonly ScoreDeclaration[],
  reads: Set<string> = new Set(),
): ReadonlySet<string> {
  const { asked = {}, around = {} } = score.form ?? {};
  for (const linkId of partsOf(score)) {
    if (reads.has(linkId)) continue;
    const questions = (asked[linkId] ?? []).flatMap(({ conditions }) => conditions.map(({ question }) => question));
    for (const read of [linkId, ...questions]) {
      for (const each of [read, ...(around[read] ?? [])]) reads.add(each);
    }
    const other = scores.find((each) => each.linkId === linkId);
    if (other !== undefined) scoreReads(other, scores, reads);
  }
  return reads;
}
