import { webcrypto } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { copySecret } from '../../smart-app/src/session/copy-secret.ts';
import { type DraftCopy, openLocalCopy } from '../../smart-app/src/session/local-copy.ts';
import { keepSession, storedSession } from '../../smart-app/src/session/session-store.ts';
import { forgetTabSecret, tabKeyHash, tabSecret } from '../../smart-app/src/session/tab-secret.ts';
import type { SessionView } from '../../src/contract/app/session.ts';

const signedIn: SessionView = {
  session: 'opaque',
  launchId: 'launch-1',
  expiresAt: '2026-03-02T16:00:00.000Z',
  tenant: {
    id: 'sandbox',
    name: 'Harbor Clinic',
    timeZone: 'America/New_York',
    language: 'en-US',
    crisisLine: { label: 'Lifeline', phone: '988' },
    sandbox: true,
    now: '2026-03-02T15:00:00.000Z',
  },
  user: { reference: 'Patient/sarah', name: 'Sarah Whitfield' },
  role: 'patient',
  patient: { id: 'sarah', name: 'Sarah Whitfield', birthDate: '1991-05-04' },
  needPatientBanner: false,
  canWrite: true,
};

const draft: DraftCopy = {
  subject: 'step-1',
  logId: '6f1c',
  performedAt: '2026-03-02T15:00:00.000Z',
  answers: { situation: 'They will laugh – “naïve” 🙂' },
  withheld: ['situation'],
  synced: false,
};

beforeEach(() => {
  // jsdom has no subtle crypto of its own; Node's is the same API
  vi.stubGlobal('crypto', webcrypto);
  sessionStorage.clear();
});

const everything = (): string => JSON.stringify(Object.entries({ ...sessionStorage }));

describe('what is typed, on this device', () => {
  it('is there again after a reload, and unreadable in storage', async () => {
    const session = keepSession(signedIn);
    const copy = await openLocalCopy(tabSecret(), session);
    copy.keep({ ...draft, answers: { situation: 'They' } });
    copy.keep(draft);
    await copy.written();
    expect(everything()).not.toContain('laugh');
    const again = await openLocalCopy(tabSecret(), session);
    expect(again.find('step-1')).toEqual(draft);
  });

  it.each([
    ['user', { user: { reference: 'Patient/other', name: 'Other' } }],
    ['patient', { patient: { id: 'other', name: 'Other' } }],
    ['tenant', { tenant: { ...signedIn.tenant, id: 'elsewhere' } }],
  ])('is wiped, not shown, to another %s', async (_who, change) => {
    const copy = await openLocalCopy(tabSecret(), keepSession(signedIn));
    copy.keep(draft);
    await copy.written();
    const other = await openLocalCopy(tabSecret(), keepSession({ ...signedIn, ...change }));
    expect(other.find('step-1')).toBeUndefined();
    expect(sessionStorage.getItem('intersession.drafts')).toBeNull();
  });

  it('is wiped when it has been sent, and at sign-out with its key', async () => {
    const session = keepSession(signedIn);
    const copy = await openLocalCopy(tabSecret(), session);
    copy.keep(draft);
    copy.drop('step-1');
    await copy.written();
    expect(sessionStorage.getItem('intersession.drafts')).toBeNull();
    copy.keep(draft);
    await copy.written();
    const secret = tabSecret();
    // what is on its way into the storage when the tab is signed out must not arrive
    copy.keep({ ...draft, answers: { situation: 'the last words' } });
    copy.wipe();
    forgetTabSecret();
    await copy.written();
    expect(sessionStorage.getItem('intersession.drafts')).toBeNull();
    expect(tabSecret()).not.toBe(secret);
  });
});

describe('the key to what is typed', () => {
  const key = 'service-half-'.padEnd(43, 'x');
  const serviceSays = (answer: () => Response) => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (path: string, { headers }: { headers: Record<string, string> }) => {
      asked.push(`${path} ${headers.Authorization} ${headers['X-Launch']}`);
      return answer();
    });
    return asked;
  };
  const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });

  it('is half the service’s, which it gives to this session and which is stored nowhere here', async () => {
    const session = keepSession(signedIn);
    const asked = serviceSays(() => json(200, { key }));
    const copy = await openLocalCopy(await copySecret(session), session);
    expect(asked).toEqual(['/app/v1/copy-key Bearer opaque launch-1']);
    copy.keep(draft);
    await copy.written();
    expect(everything()).toContain('intersession.drafts');
    expect(everything()).not.toContain(key);
    // all that lies in the storage is not enough to read it
    const thief = await openLocalCopy(undefined, session);
    expect(thief.find('step-1')).toBeUndefined();
    for (const found of Object.values({ ...sessionStorage }).map(String)) {
      const kept = sessionStorage.getItem('intersession.drafts') ?? '';
      expect((await openLocalCopy(found, session)).find('step-1')).toBeUndefined();
      sessionStorage.setItem('intersession.drafts', kept);
    }
    // a reload of the same session, and a new sign-in of the same person
    const again = keepSession({ ...signedIn, session: 'another', launchId: 'launch-2' });
    expect((await openLocalCopy(await copySecret(again), again)).find('step-1')).toEqual(draft);
  });

  it('is not given when the session has ended: what is stored stays closed, is kept, and nothing is added', async () => {
    const session = keepSession(signedIn);
    serviceSays(() => json(200, { key }));
    const copy = await openLocalCopy(await copySecret(session), session);
    copy.keep(draft);
    await copy.written();
    const kept = sessionStorage.getItem('intersession.drafts');
    const asked = serviceSays(() => json(401, { code: 'session-expired' }));
    expect(await copySecret(session)).toBeUndefined();
    expect(asked).toHaveLength(1);
    const closed = await openLocalCopy(undefined, session);
    closed.keep({ ...draft, subject: 'step-2' });
    await closed.written();
    expect(closed.find('step-2')).toBeDefined();
    expect(sessionStorage.getItem('intersession.drafts')).toBe(kept);
    closed.wipe();
    expect(sessionStorage.getItem('intersession.drafts')).toBeNull();
  });

  it('is asked for by the first form, not by a page on which nobody writes; a stored copy is opened first', async () => {
    const session = keepSession(signedIn);
    const asked = serviceSays(() => json(200, { key }));
    const secret = () => copySecret(session);
    const copy = await openLocalCopy(secret, session);
    expect(asked).toHaveLength(0);
    expect(copy.find('step-1')).toBeUndefined();
    expect(asked).toHaveLength(1);
    copy.keep(draft);
    await copy.written();
    expect(sessionStorage.getItem('intersession.drafts')).not.toBeNull();
    expect(asked).toHaveLength(1);
    const reloaded = await openLocalCopy(secret, session);
    expect(asked).toHaveLength(2);
    expect(reloaded.find('step-1')).toEqual(draft);
  });

  it.each([{}, { key: 17 }, { key: '' }, []])('is none where the service answers %j', async (body) => {
    serviceSays(() => json(200, body));
    expect(await copySecret(keepSession(signedIn))).toBeUndefined();
  });

  it('is asked for again when there is no answer for a moment', async () => {
    vi.useFakeTimers();
    let calls = 0;
    serviceSays(() => {
      calls += 1;
      return calls < 3 ? json(503, { code: 'database-unreachable' }) : json(200, { key });
    });
    const secret = copySecret(keepSession(signedIn));
    await vi.runAllTimersAsync();
    expect(await secret).toContain(key);
    vi.useRealTimers();
  });
});

describe('what the tab keeps of a session', () => {
  it('names nobody', () => {
    keepSession(signedIn);
    expect(everything()).not.toMatch(/Whitfield|1991/);
    expect(storedSession()).toMatchObject({
      session: 'opaque',
      launchId: 'launch-1',
      role: 'patient',
      patientId: 'sarah',
    });
  });

  it('is nothing when it was tampered with', () => {
    sessionStorage.setItem('intersession.session', '{"session": 1}');
    expect(storedSession()).toBeUndefined();
    sessionStorage.setItem('intersession.session', 'not json');
    expect(storedSession()).toBeUndefined();
  });

  it('binds the sign-in to 32 random bytes by their SHA-256', async () => {
    expect(tabSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(tabSecret()).toBe(tabSecret());
    // RFC 7636, appendix B
    expect(await tabKeyHash('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });
});
