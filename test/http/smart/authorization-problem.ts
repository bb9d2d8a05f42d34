import type { Registration } from './client-problem.ts';

/** What is wrong with an authorization request, by the name of its parameter; undefined: nothing. */
export function authorizationProblem(
  asked: URLSearchParams,
  expected: { readonly registration: Registration; readonly aud: string; readonly hasLaunch: boolean },
): string | undefined {
  const { registration, aud, hasLaunch } = expected;
  const scopes = (asked.get('scope') ?? '').split(' ');
  const checks: Readonly<Record<string, boolean>> = {
    client_id: asked.get('client_id') === registration.clientId,
    redirect_uri: asked.get('redirect_uri') === registration.redirectUri,
    response_type: asked.get('response_type') === 'code',
    launch: hasLaunch,
    aud: asked.get('aud') === aud,
    state: (asked.get('state') ?? '').length >= 32,
    nonce: (asked.get('nonce') ?? '').length >= 32,
    code_challenge_method: asked.get('code_challenge_method') === 'S256',
    code_challenge: /^[A-Za-z0-9_-]{43}$/.test(asked.get('code_challenge') ?? ''),
    scope: scopes.includes('openid') && scopes.includes(asked.has('launch') ? 'launch' : 'launch/patient'),
  };
  return Object.keys(checks).find((name) => checks[name] === false);
}
