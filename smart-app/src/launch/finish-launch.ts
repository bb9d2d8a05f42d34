import { callService } from '../service/call-service.ts';
import type { SessionView } from '../service/contract.ts';
import { ServiceProblem } from '../service/service-problem.ts';
import { secretOfTab } from './begin-launch.ts';

/**
 * Takes the EHR's answer to the sign-in to the service, which does the rest.
 *
 * @param query the callback page's own: `code` and `state`, or the EHR's `error`
 * @throws ServiceProblem `consent-denied`, `state-replayed`, or the service's own code
 */
export async function finishLaunch(query: URLSearchParams): Promise<SessionView> {
  const [code, state, error] = [query.get('code'), query.get('state'), query.get('error')];
  if (error !== null) throw new ServiceProblem(codeOf(error), 0, 'The EHR did not sign in.');
  if (code === null || state === null) throw new ServiceProblem('state-replayed', 0, 'Nothing came back.');
  const iss = query.get('iss');
  // RFC 9207: some EHRs name themselves in their answer, for the service to compare
  const body = { code, state, tabSecret: secretOfTab(), ...(iss === null ? {} : { iss }) };
  const answer = await callService({ method: 'POST', path: '/smart/callback', body });
  if (!isSessionView(answer)) throw new ServiceProblem('internal', 0, 'The service answered something unexpected.');
  return answer;
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
function codeOf(error: string): string {
  if (error === 'access_denied' || error === 'invalid_scope' || error === 'consent_required') return 'consent-denied';
  return error === 'temporarily_unavailable' || error === 'server_error' ? 'ehr-unreachable' : 'internal';
}

function isSessionView(value: unknown): value is SessionView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'session' in value &&
    'launchId' in value &&
    'role' in value &&
    'tenant' in value
  );
}
