import type { SessionView } from '../../../src/contract/app/session.ts';
import { expectAnswer, flag, record, shaped, text } from '../service/answer-shape.ts';
import { callService } from '../service/call-service.ts';
import { ServiceProblem } from '../service/service-problem.ts';
import { secretOfTab } from './begin-launch.ts';

const isSessionView = shaped<SessionView>({
  ...{ session: text, launchId: text, expiresAt: text, role: text },
  ...{ tenant: record, user: record, canWrite: flag },
});

/**
 * Takes the EHR's answer to the sign-in to the service, which does the rest.
 *
 * @param query the callback page's own: `code` and `state`, or the EHR's `error`
 * @throws ServiceProblem `ehr-refused`, `state-replayed`, or the service's own code
 */
export async function finishLaunch(query: URLSearchParams): Promise<SessionView> {
  const [code, state, error] = [query.get('code'), query.get('state'), query.get('error')];
  if (state === null || (code === null && error === null)) {
    // a refusal without a state is nobody's here; its word is all there is
    if (error !== null) throw new ServiceProblem('ehr-refused', 0, `The EHR refused: ${wordOf(error)}.`);
    throw new ServiceProblem('state-replayed', 0, 'Nothing came back.');
  }
  const iss = query.get('iss');
  // RFC 9207: some EHRs name themselves in their answer, for the service to compare
  const common = { state, tabSecret: secretOfTab(), ...(iss === null ? {} : { iss }) };
  // a refusal goes to the service too: it knows what OAuth's words mean, and tells who looks after the connection
  const body = error !== null || code === null ? { ...common, error: wordOf(error ?? '') } : { ...common, code };
  const answer = await callService({ method: 'POST', path: '/smart/callback', body });
  return expectAnswer(answer, isSessionView);
}

/** OAuth's own word; an address can hold anything, and nothing else of it is shown. */
function wordOf(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown_error';
}
