import { hasCode, IntersessionError } from '../../src/foundation/intersession-error.ts';

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

/** Which fields an operation refuses, and where it names none by which code; `accepted` when it does not. */
export function refusedAt(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (hasCode(error, 'invalid-request')) return error.fields.issues.map(({ path }) => path);
    if (hasCode(error, 'schedule-never-occurs')) return error.fields.field;
    if (error instanceof IntersessionError) return error.code;
    throw error;
  }
  return 'accepted';
}
