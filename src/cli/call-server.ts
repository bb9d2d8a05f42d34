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
    throw new Unreachable(`${new URL(url).origin} does not answer; is it running?`, { cause });
  }
}
