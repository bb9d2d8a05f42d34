import { lateAfter } from './ask.ts';

/** How long somebody who has an older word of an EHR waits for a newer one, and a person for a patient's standing, in milliseconds. */
export const PATIENCE_MS = 5_000;

/**
 * What comes within `ms`; what comes later is let go.
 * @throws Error with `code` LATE after that time, or what `asked` throws before
 */
export async function inTime<T>(asked: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(lateAfter(ms)), ms);
  });
  // nobody may be there any more when it fails
  asked.catch(() => undefined);
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
