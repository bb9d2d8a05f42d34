import { expectAnswer, shaped, text } from '../service/answer-shape.ts';
import { callService } from '../service/call-service.ts';
import { problemOf } from '../service/service-problem.ts';
import type { StoredSession } from './session-store.ts';
import { tabSecret } from './tab-secret.ts';

const isCopyKey = shaped<{ readonly key: string }>({ key: text });
const mostTries = 3;
const againMs = 1_000;

/**
 * What the key to the local copy is made from: the tab's own secret, which lies in the tab's storage beside the copy, and
 * the service's half, which it gives to this signed-in person only and which is never stored here. So whoever finds
 * the storage of a tab, on disk or otherwise, can't read the copy when the session has ended.
 * undefined: the service does not give it now; then nothing is written down, and what was written stays closed.
 */
export async function copySecret(session: StoredSession): Promise<string | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await callService({ method: 'GET', path: '/app/v1/copy-key', session });
      const { key } = expectAnswer(answer, isCopyKey);
      return key.length >= 43 ? `${tabSecret()}.${key}` : undefined;
    } catch (error) {
      const { status, code } = problemOf(error);
      // the session has ended, or somebody else answers: asking again gives the same answer
      if ((status >= 400 && status < 500) || code === 'unexpected-answer' || tries === mostTries) return undefined;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}
