import { useEffect, useRef } from 'react';

/** How soon to look again at what is on its way, and how often at most. */
const lookAgainMs = 2_500;
const looksAtMost = 6;

/**
 * Looks again, some times, at what is about to change by itself.
 * @param moving whether it is; once it is not, the looks are counted anew
 * @param answer the last one: each starts the wait anew
 */
export function useLookAgain(moving: boolean, answer: unknown, reload: () => void): void {
  const looks = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer starts the wait anew
  useEffect(() => {
    if (!moving) looks.current = 0;
    if (!moving || looks.current >= looksAtMost) return;
    const timer = setTimeout(() => {
      looks.current += 1;
      reload();
    }, lookAgainMs);
    return () => clearTimeout(timer);
  }, [moving, answer, reload]);
}
