import { IntersessionError } from '../../src/foundation/intersession-error.ts';

/** What an operation refuses: code, fields and the sentence; `accepted` when it does not. */
export function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof IntersessionError) return { code: error.code, ...error.fields, message: error.message };
    throw error;
  }
  return 'accepted';
}
