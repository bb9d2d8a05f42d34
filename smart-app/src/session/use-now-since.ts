import { useCallback, useMemo } from 'react';
import type { Instant } from '../../../src/homework/model.ts';

/** The service's time now, by when it last told it and how long that is ago: a page may stay open over midnight. */
export function useNowSince(told: Instant): () => Instant {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that is told begins anew
  const since = useMemo(() => Date.now(), [told]);
  return useCallback(() => new Date(Date.parse(told) + Math.max(0, Date.now() - since)).toISOString(), [told, since]);
}
