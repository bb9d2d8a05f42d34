import { timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, in a time that does not tell where they differ (only whether their lengths do). */
export function sameSecret(text: string, other: string): boolean {
  // a header may hold what is two bytes in one of them only
  const bytes = Buffer.from(text);
  const otherBytes = Buffer.from(other);
  return bytes.length === otherBytes.length && timingSafeEqual(bytes, otherBytes);
}
