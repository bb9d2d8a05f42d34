import type { Assignment, Instant } from '../model.ts';
import type { StepChange } from './step-change.ts';

/** What the patient reads of a step. */
export interface StepWords {
  readonly title: string;
  readonly instructions?: string;
  readonly rationale?: string;
}

/**
 * Which edition of a step's design this is, from 1: it rises with every change of its words, its times, its place or its rule, whoever
 * made it. Whoever changes a step says which one they have read, so that nobody writes over what they have not seen.
 */
export function revisionOf({ changes = [], schedules }: Pick<Assignment, 'changes' | 'schedules'>): number {
  return changes.length + schedules.length;
}

/** A step's words as they stood after so many of its changes; absent or too many: as they stand. */
export function wordsAfter(step: Assignment, changes?: number): StepWords {
  const { title, instructions, rationale } = step;
  const undone = changes === undefined ? [] : (step.changes ?? []).slice(changes);
  return undone.reduceRight<StepWords>(takenBack, {
    title,
    ...(instructions === undefined ? {} : { instructions }),
    ...(rationale === undefined ? {} : { rationale }),
  });
}

/** How many of a step's changes had been made at that moment: with `wordsAfter`, the words that a patient read then. */
export function changesBy({ changes = [] }: Pick<Assignment, 'changes'>, at: Instant): number {
  return changes.filter((change) => change.at <= at).length;
}

/**
 * The words for which a log was written: those of the time that it is tied to, where these were kept; else those that stood when
 * it happened.
 */
export function wordsForLog(
  step: Assignment,
  log: { readonly performedAt: Instant },
  occurrence: { readonly words?: number } | undefined,
): StepWords {
  return wordsAfter(step, occurrence?.words ?? changesBy(step, log.performedAt));
}

function takenBack(words: StepWords, { title, instructions, rationale }: StepChange): StepWords {
  const { instructions: said, rationale: why } = words;
  const [before, because] = [instructions ? instructions.from : said, rationale ? rationale.from : why];
  return {
    title: title?.from ?? words.title,
    ...(before === undefined ? {} : { instructions: before }),
    ...(because === undefined ? {} : { rationale: because }),
  };
}
