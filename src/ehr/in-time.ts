import { lateAfter } from './ask.ts';

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
