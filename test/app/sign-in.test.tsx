import { afterEach, describe, expect, it, vi } from 'vitest';
import { finishLaunch } from '../../smart-app/src/launch/finish-launch.ts';
import LaunchProblem from '../../smart-app/src/launch/launch-problem.tsx';
import { problemOf } from '../../smart-app/src/service/service-problem.ts';
import { render } from './render.tsx';

/** What the page does with what the EHR sent the browser back with. */
afterEach(() => vi.unstubAllGlobals());

/** What the service is sent, when it answers with that problem. */
async function sent(
  query: string,
  problem: object,
): Promise<{ body: Record<string, unknown>; code: string; message: string }> {
  let body: Record<string, unknown> = {};
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    body = JSON.parse(String(init.body));
    return new Response(JSON.stringify(problem), {
      status: 502,
      headers: { 'content-type': 'application/problem+json' },
    });
  });
  const problemThrown = await finishLaunch(new URLSearchParams(query)).then(
    () => problemOf(undefined),
    (error: unknown) => problemOf(error),
  );
  return { body, code: problemThrown.code, message: problemThrown.message };
}

describe('a refusal of the EHR', () => {
  it.each([
    ['error=unauthorized_client&state=s1', 'unauthorized_client'],
    ['error=invalid_scope&state=s1&error_description=geheim', 'invalid_scope'],
    ['error=%3Cscript%3E&state=s1', 'unknown_error'],
    ['code=c1&error=access_denied&state=s1', 'access_denied'],
  ])('%s goes to the service by its word alone', async (query, error) => {
    const { body, code } = await sent(query, { code: 'app-not-registered', detail: 'd' });
    expect(body).toEqual({ error, state: 's1', tabSecret: expect.any(String) });
    expect(code).toBe('app-not-registered');
  });

  it('without a state is told as a refusal', async () => {
    const { code, message } = await sent('error=invalid_request', {});
    expect([code, message]).toEqual(['ehr-refused', 'The EHR refused: invalid_request.']);
  });

  it('is shown in plain words, with its own for those who look after the connection', () => {
    const detail = 'The EHR does not know this app as it is set up: invalid_client.';
    const shown = render(<LaunchProblem code="app-not-registered" detail={detail} />);
    const text = shown.box.textContent ?? '';
    expect(text).toContain('This EHR does not know the app');
    expect(text).toContain('must register Intersession in the EHR');
    expect(text).toContain(`For the people who look after the connection: ${detail}`);
    shown.leave();
    const other = render(<LaunchProblem code="state-replayed" detail={detail} />);
    expect(other.box.textContent).not.toContain(detail);
    other.leave();
  });
});
