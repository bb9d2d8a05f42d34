import type { AnswerValue } from './answer.ts';

const day = 24 * 60;

/**
 * Whole minutes from one time to another. Of two times of day the second is the next one on the clock, over midnight where it is
 * earlier; the same time is 0. Of two moments it is what really went by, whatever the clock did in between. Undefined when one is
 * missing, given more than once, or of another sort, or when the later moment comes first.
 */
export function minutesBetween(from: readonly AnswerValue[], to: readonly AnswerValue[]): number | undefined {
  const [start, secondStart] = from;
  const [end, secondEnd] = to;
  if (start === undefined || end === undefined || secondStart !== undefined || secondEnd !== undefined)
    return undefined;
  if (start.type === 'time' && end.type === 'time') {
    const minutes = Math.round(minuteOf(end.value) - minuteOf(start.value));
    return (minutes + day) % day;
  }
  if (start.type !== 'dateTime' || end.type !== 'dateTime') return undefined;
  const minutes = Math.round((Date.parse(end.value) - Date.parse(start.value)) / 60_000);
  return minutes < 0 ? undefined : minutes;
}

/** `22:30:00` */
function minuteOf(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return hour * 60 + minute + second / 60;
}
