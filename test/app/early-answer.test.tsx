import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askEarly, beginEarly, fetchFiles, takeEarlyAnswer } from '../../smart-app/src/early/early-answer.ts';
import type { Role } from '../../src/homework/role.ts';

const session = { session: 'session-1', launchId: 'launch-1' };
const asked: { path: string; init: RequestInit }[] = [];

beforeEach(() => {
  asked.length = 0;
  document.head.innerHTML = '';
  sessionStorage.clear();
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, init });
    return Response.json({ of: asked.length });
  });
});
afterEach(() => {
  takeEarlyAnswer('/app/v1/patient', session);
  vi.unstubAllGlobals();
});

describe('what is asked early', () => {
  it.each<[Role, string[]]>([
    ['patient', ['/app/v1/patient']],
    ['clinician', ['/app/v1/patient']],
    ['coordinator', []],
    ['integration', []],
  ])('of a %s is %j, with the session and without cookies', (role, paths) => {
    askEarly({ role, ...session });
    expect(asked.map(({ path }) => path)).toEqual(paths);
    for (const { init } of asked) {
      expect(init).toMatchObject({ credentials: 'omit', cache: 'no-store' });
      expect(init.headers).toMatchObject({ Authorization: 'Bearer session-1', 'X-Launch': 'launch-1' });
    }
  });

  it('is given once, to the same question in the same session only', async () => {
    const ask = () => askEarly({ role: 'patient', ...session });
    ask();
    expect(takeEarlyAnswer('/app/v1/roster', session)).toBeUndefined();
    expect(takeEarlyAnswer('/app/v1/patient', undefined)).toBeUndefined();
    const answer = await takeEarlyAnswer('/app/v1/patient', session);
    expect(await answer?.json()).toEqual({ of: 1 });
    expect(takeEarlyAnswer('/app/v1/patient', session)).toBeUndefined();
    for (const other of [{ session: 'session-2' }, { launchId: 'launch-2' }]) {
      ask();
      expect(takeEarlyAnswer('/app/v1/patient', { ...session, ...other })).toBeUndefined();
      // nor to anybody after that
      expect(takeEarlyAnswer('/app/v1/patient', session)).toBeUndefined();
    }
  });

  it('is nothing where nobody is signed in, or at another address of the app', () => {
    history.replaceState(null, '', '/app');
    beginEarly();
    expect(asked).toEqual([]);
    const tenant = { id: 't' };
    sessionStorage.setItem('intersession.session', JSON.stringify({ ...session, role: 'patient', tenant, user: {} }));
    history.replaceState(null, '', '/launch?iss=x');
    beginEarly();
    expect(asked).toEqual([]);
    history.replaceState(null, '', '/app');
    beginEarly();
    expect(asked.map(({ path }) => path)).toEqual(['/app/v1/patient']);
  });
});

describe('the files that are fetched early', () => {
  const links = () => [...document.querySelectorAll('link')].map((link) => [link.rel, link.getAttribute('href')]);

  it('are those that the document names for the view, each once', () => {
    const files = { patient: ['patient-view-1.js', 'forms-2.css'], callback: ['callback-3.js'] };
    document.head.innerHTML = '<script type="module" src="/assets/early.js"></script>';
    document.querySelector('script')?.setAttribute('data-files', JSON.stringify(files));
    fetchFiles('nobody');
    fetchFiles('constructor');
    expect(links()).toEqual([]);
    fetchFiles('patient');
    fetchFiles('patient');
    expect(links()).toEqual([
      ['modulepreload', '/assets/patient-view-1.js'],
      ['stylesheet', '/assets/forms-2.css'],
    ]);
  });

  it('are none where the document names none, as while the app is being worked on', () => {
    fetchFiles('patient');
    expect(links()).toEqual([]);
  });
});
