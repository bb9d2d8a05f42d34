import { useCallback } from 'react';
import { type Loaded, useAnswer } from '../service/use-answer.ts';

/** What one address of the integration team's pages answers. */
export function useView<View>(path: string, isView: (value: unknown) => value is View): Loaded<View> {
  const ask = useCallback(() => ({ method: 'GET' as const, path: `/app/v1${path}` }), [path]);
  return useAnswer({ ask, isAnswer: isView });
}
