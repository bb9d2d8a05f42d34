import { ask, isForeign } from '../ehr/ask.ts';
import { readBoundedJson } from '../foundation/bounded-json.ts';
import { Unreachable, unreachable } from './call-server.ts';

/** As long as the service itself waits for an EHR. */
const timeoutMs = 20_000;

/**
 * Asks an EHR, or a token endpoint, as the service does: with all the rules of `ask`.
 * @returns its status and its answer as JSON; undefined for an answer that is none
 * @throws Unreachable naming the server's origin
 */
export async function askEhr(
  address: string,
  { accept = 'application/json', form }: { readonly accept?: string; readonly form?: URLSearchParams } = {},
): Promise<{ readonly status: number; readonly json: unknown }> {
  const url = new URL(address);
  const request =
    form === undefined
      ? { url, origin: url.origin, method: 'GET' as const, headers: { accept } }
      : {
          ...{ url, origin: url.origin, method: 'POST' as const, body: form.toString() },
          headers: { accept, 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
        };
  try {
    const { status, text } = await ask(request, { timeoutMs });
    return { status, json: readBoundedJson(text) };
  } catch (cause) {
    throw isForeign(cause)
      ? new Unreachable(`${url.origin} is not asked: it is not https`)
      : unreachable(address, cause);
  }
}
