import type { Instant } from '../values.ts';
import type { ScoreDeclaration } from './score.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Days since the reading before, where those are fewer than the questions look back on: both readings speak in part of the same days.
 * It is marked and never refused. Undefined: it came late enough, is the first, or the questions name no time.
 * @param at when it was done; days are counted to the nearest, so that an evening after a morning, or a clock change, is no shorter
 */
export function earlyRepeat(
  { recallDays }: Pick<ScoreDeclaration, 'recallDays'>,
  before: Instant | undefined,
  at: Instant,
): number | undefined {
  if (recallDays === undefined || before === undefined) return undefined;
  const days = Math.round((Date.parse(at) - Date.parse(before)) / dayMs);
  return days < 0 || days >= recallDays ? undefined : days;
}

/** `asked again after 7 days; the questions look back on 14` */
export function earlyRepeatWords(days: number, { recallDays = 0 }: Pick<ScoreDeclaration, 'recallDays'>): string {
  const after = days === 0 ? 'on the same day' : days === 1 ? 'after 1 day' : `after ${days} days`;
  return `asked again ${after}; the questions look back on ${recallDays}`;
}
