import { isForbiddenPort } from '../config/forbidden-ports.ts';

/** A server that the command needs does not answer. */
export class Unreachable extends Error {}

/**
 * `fetch`, with a failure that says who did not answer.
 * @throws Unreachable naming the server's origin
 */
export async function callServer(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw unreachable(url, cause);
  }
}

/** Why nothing came from an address. */
export function unreachable(url: string, cause: unknown): Unreachable {
  const { origin, port } = new URL(url);
  // fetch does not even try, so that nobody knows whether it is running
  const why = isForbiddenPort(Number(port || Number.NaN))
    ? `cannot be asked: fetch connects to port ${port} on no account; run it on another`
    : 'does not answer; is it running?';
  return new Unreachable(`${origin} ${why}`, { cause });
}
