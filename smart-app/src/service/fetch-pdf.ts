import { unexpectedAnswer } from './answer-shape.ts';
import type { ServiceCall } from './call-service.ts';
import { ServiceProblem } from './service-problem.ts';

/**
 * Fetches a PDF from our own service and hands it to the browser to save, under a name that says nothing of anyone.
 *
 * @throws ServiceProblem `offline` when no answer came, `unexpected-answer` when it is no PDF, else `internal`
 */
export async function fetchPdf({ method, path, body, session }: ServiceCall, name: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      credentials: 'omit',
      cache: 'no-store',
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(session === undefined ? {} : { Authorization: `Bearer ${session.session}`, 'X-Launch': session.launchId }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ServiceProblem('offline', 0, 'There is no connection at the moment.');
  }
  if (!answer.ok) {
    const code = answer.status === 401 ? 'session-expired' : 'internal';
    throw new ServiceProblem(code, answer.status, 'The service could not make this file.');
  }
  if (!/^application\/pdf\b/i.test(answer.headers.get('content-type') ?? '')) throw unexpectedAnswer();
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // the browser has taken hold of it by the next turn
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
