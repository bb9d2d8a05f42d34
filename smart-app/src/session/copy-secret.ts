import { count, expectAnswer, shaped, text } from '../service/answer-shape.ts';
import { callService } from '../service/call-service.ts';
import { problemOf } from '../service/service-problem.ts';
import type { CopySecret } from './draft-copy.ts';
import type { StoredSession } from './session-store.ts';

const isCopyKey = shaped<CopySecret>({ key: text, days: count });
const mostTries = 3;
const againMs = 1_000;

/**
 * The service's half of the key to the local copy, which it gives to this signed-in person only and which is never stored
 * here; the other half lies beside the copy. So whoever finds the storage of a device, on disk or otherwise, can't read the copy
 * without signing in as the same person.
 * undefined: the service does not give it now; then nothing is written down, and what was written stays closed.
 */
export async function copySecret(session: StoredSession): Promise<CopySecret | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await callService({ method: 'GET', path: '/app/v1/copy-key', session });
      const secret = expectAnswer(answer, isCopyKey);
      return secret.key.length >= 43 ? secret : undefined;
    } catch (error) {
      const { status, code } = problemOf(error);
      // the session has ended, or somebody else answers: asking again gives the same answer
      if ((status >= 400 && status < 500) || code === 'unexpected-answer' || tries === mostTries) return undefined;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}
