import { readBoundedText } from '../foundation/bounded-text.ts';

/**
 * The largest answer that is read, in bytes, unpacked: a page of notes with their texts fits, and so does any
 * CapabilityStatement; eight of them at once are held by any machine that runs this service.
 */
export const MOST_BYTES = 16 * 1024 * 1024;

/** `code` of the error of a request that was not answered whole within its time. */
export const LATE = 'EHR_LATE';

/** An answer that came whole, in time and within bounds. */
export interface BoundedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Sends one request and reads its answer to the end, all of it within `timeoutMs`: connecting, the headers, and a body
 * however slowly it drips. No redirect is followed: what is sent is for this address and nobody else.
 * @throws Error with `code` LATE after that time, TooLarge, or whatever `fetch` throws
 */
export async function askBounded(
  url: string | URL,
  init: Omit<RequestInit, 'signal' | 'redirect'>,
  { timeoutMs, mostBytes = MOST_BYTES }: { readonly timeoutMs: number; readonly mostBytes?: number | undefined },
): Promise<BoundedAnswer> {
  const controller = new AbortController();
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(lateAfter(timeoutMs));
    controller.abort();
  }, timeoutMs);
  const ask = async (): Promise<BoundedAnswer> => {
    const answer = await fetch(url, { ...init, redirect: 'manual', signal: controller.signal });
    return { status: answer.status, headers: answer.headers, text: await readBoundedText(answer.body, mostBytes) };
  };
  try {
    // a race as well: the time is ours to keep, however long the abort takes to get through
    return await Promise.race([ask(), deadline.promise]);
  } catch (error) {
    controller.abort();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The error of a request that took too long. */
export function lateAfter(timeoutMs: number): Error & { readonly code: string } {
  return Object.assign(new Error(`no whole answer within ${timeoutMs / 1000} s`), { code: LATE });
}
