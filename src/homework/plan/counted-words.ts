import type { CountedWords, LibraryStep } from './library-plan.ts';

/**
 * The words of a library step when it is asked for `count` times: its own for its own number, and else those that name
 * another one. Where it has none of these, only the schedule's text says the number.
 */
export function countedWords(
  { title, instructions, schedule, counted }: LibraryStep,
  count: number | undefined,
): CountedWords {
  const text = schedule.type === 'event' ? schedule.text : '';
  if (schedule.type !== 'event' || count === undefined || count === schedule.count)
    return { title, instructions, text };
  if (counted === undefined) {
    return { title, instructions, text: count === 1 ? `next ${schedule.event}` : `next ${count} ${schedule.event}s` };
  }
  if (count === 1) return counted.one;
  const say = (words: string) => words.replaceAll('#', numbers[count] ?? String(count));
  return {
    title: say(counted.other.title),
    instructions: say(counted.other.instructions),
    text: say(counted.other.text),
  };
}

/** Numbers that are written as words. */
const numbers: Readonly<Record<number, string>> = {
  ...{ 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight', 9: 'nine', 10: 'ten' },
  ...{ 11: 'eleven', 12: 'twelve' },
};
