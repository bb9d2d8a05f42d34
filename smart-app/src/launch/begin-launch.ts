import { expectAnswer, shaped, text, unexpectedAnswer } from '../service/answer-shape.ts';
import { callService } from '../service/call-service.ts';
import { ServiceProblem } from '../service/service-problem.ts';
import { keepIssuer } from '../session/session-store.ts';
import { tabKeyHash, tabSecret } from '../session/tab-secret.ts';

const isLaunchAnswer = shaped<{ readonly authorizeUrl: string }>({ authorizeUrl: text });

/**
 * Asks the service where to sign in for this EHR, and binds the sign-in to this tab.
 *
 * @param query the launch page's own: `iss`, and `launch` when the EHR opened it
 * @returns the address of the EHR's authorization endpoint
 * @throws ServiceProblem `launch-incomplete`, `storage-blocked`, or the service's own code
 */
export async function beginLaunch(query: URLSearchParams): Promise<string> {
  const iss = query.get('iss');
  const launch = query.get('launch');
  if (iss === null || iss === '') throw new ServiceProblem('launch-incomplete', 0, 'No iss was given.');
  const secret = secretOfTab();
  const body = { iss, ...(launch === null ? {} : { launch }), tabKeyHash: await tabKeyHash(secret) };
  const answer = await callService({ method: 'POST', path: '/smart/launch', body });
  keepIssuer(iss);
  const { authorizeUrl } = expectAnswer(answer, isLaunchAnswer);
  if (!/^https?:\/\//i.test(authorizeUrl)) throw unexpectedAnswer();
  return authorizeUrl;
}

/** @throws ServiceProblem `storage-blocked` where the browser keeps nothing for this page */
export function secretOfTab(): string {
  try {
    return tabSecret();
  } catch {
    throw new ServiceProblem('storage-blocked', 0, 'The browser refuses storage here.');
  }
}
