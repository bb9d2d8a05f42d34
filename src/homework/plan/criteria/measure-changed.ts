import { reaches } from './compare.ts';

/** Whether readings went down, or up, by so much from the first to the last; of one alone nobody can say. */
export function changedBy(readings: readonly number[], direction: 'down' | 'up', by: number): boolean {
  const [first, last] = [readings[0], readings.at(-1)];
  if (readings.length < 2 || first === undefined || last === undefined) return false;
  return reaches(direction === 'down' ? first - last : last - first, '>=', by);
}
