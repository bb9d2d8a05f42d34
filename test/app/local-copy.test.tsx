import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { copySecret } from '../../smart-app/src/session/copy-secret.ts';
import type { CopySecret, DraftCopy } from '../../smart-app/src/session/draft-copy.ts';
import { openLocalCopy } from '../../smart-app/src/session/local-copy.ts';
import { keepSession, storedSession } from '../../smart-app/src/session/session-store.ts';
import { tabKeyHash, tabSecret } from '../../smart-app/src/session/tab-secret.ts';
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

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
beforeEach(() => {
  // jsdom has no subtle crypto of its own; Node's is the same API
  vi.stubGlobal('crypto', webcrypto);
  sessionStorage.clear();
  localStorage.clear();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const week: CopySecret = { key: 'service-half-'.padEnd(43, 'x'), days: 7 };
const open = (session = keepSession(signedIn), secret: CopySecret | undefined = week) =>
  openLocalCopy(async () => secret, session);
/** Keeps it as a tab does that is closed then. */
const closeWith = async (...drafts: readonly DraftCopy[]) => {
  const copy = await open();
  copy.find('step-1');
  for (const entry of drafts) copy.keep(entry);
  await copy.written();
  sessionStorage.clear();
};
/** All that lies in the browser, as its bytes read. */
async function everything(): Promise<string> {
  const request = indexedDB.open('intersession');
  const database = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const stores = [...database.objectStoreNames].map(async (name) => {
    const all = database.transaction(name).objectStore(name).getAll();
    await new Promise((resolve) => {
      all.onsuccess = resolve;
    });
    return all.result.map((record: object | string) =>
      typeof record === 'string' ? record : Object.values(record).map(textOf),
    );
  });
  const found = JSON.stringify([await Promise.all(stores), { ...localStorage }, { ...sessionStorage }]);
  database.close();
  return found;
}
const textOf = (value: unknown): string =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? Buffer.from(value as ArrayBuffer).toString('latin1')
    : String(value);
const records = async () => ((await everything()).match(/service-half|intersession\.unsent/g) ?? []).length;

describe('what is typed, on this device', () => {
  it('is there after the tab is closed, and unreadable in its storage', async () => {
    await closeWith({ ...draft, answers: { situation: 'They' } }, draft);
    const kept = await everything();
    expect(kept).not.toMatch(/laugh|situation|sarah|step-1/);
    expect(kept).not.toContain(week.key);
    const again = await open();
    expect(again.find('step-1')).toEqual([draft]);
  });

  it('says where it stands, and for how long', async () => {
    const copy = await open();
    const seen: unknown[] = [];
    copy.watch(() => seen.push(copy.where()));
    expect(copy.where()).toBeUndefined();
    copy.keep(draft);
    await copy.written();
    expect(seen).toEqual([{ place: 'device', days: 7 }]);
  });

  it('does not lie there as well when the service has it', async () => {
    await closeWith(draft, { ...draft, synced: true });
    expect((await open()).find('step-1')).toEqual([]);
  });

  it('of two tabs that are closed is there of both, and of one of them when the other was sent', async () => {
    const other = { ...draft, logId: 'another', answers: { situation: 'in the other tab' } };
    const tabs = [];
    for (const entry of [draft, other]) {
      const tab = await open();
      tab.keep({ ...entry, subject: 'another step' });
      await tab.written();
      tabs.push({ tab, entry });
      sessionStorage.clear();
    }
    for (const { tab, entry } of tabs) {
      tab.keep(entry);
      await tab.written();
    }
    const copy = await open();
    expect(
      copy
        .find('step-1')
        .map(({ logId }) => logId)
        .sort(),
    ).toEqual(['6f1c', 'another']);
    copy.keep(
      { ...other, answers: { situation: 'gone on with' } },
      copy.find('step-1').filter(({ logId }) => logId === '6f1c'),
    );
    copy.drop('step-1');
    await copy.written();
    sessionStorage.clear();
    expect((await open()).find('step-1')).toEqual([draft]);
  });

  it('of a tab that is still open is that tab’s', async () => {
    const held: { name: string }[] = [];
    const locks = {
      query: async () => ({ held }),
      request: async (name: string, _options: object, then: (lock: object | null) => unknown) => {
        if (held.some((lock) => lock.name === name)) return then(null);
        held.push({ name });
        return then({ name });
      },
    };
    vi.stubGlobal('navigator', { ...navigator, locks });
    await closeWith(draft);
    expect((await open()).find('step-1')).toEqual([]);
    held.length = 0;
    expect((await open()).find('step-1')).toEqual([draft]);
  });

  it.each([
    ['user', { user: { reference: 'Patient/other', name: 'Other' } }],
    ['tenant', { tenant: { ...signedIn.tenant, id: 'elsewhere' } }],
  ])('is not shown to another %s, and is gone when they sign in', async (_who, change) => {
    await closeWith(draft);
    const theirs = await open(keepSession({ ...signedIn, ...change }), {
      ...week,
      key: 'another-half-'.padEnd(43, 'y'),
    });
    expect(theirs.find('step-1')).toEqual([]);
    expect((await open()).find('step-1')).toEqual([]);
  });

  it('of another patient of the same person is not shown, and stays', async () => {
    await closeWith(draft);
    const marcus = await open(keepSession({ ...signedIn, patient: { id: 'marcus', name: 'Marcus' } }));
    expect(marcus.find('step-1')).toEqual([]);
    marcus.keep({ ...draft, answers: { situation: 'of Marcus' } });
    await marcus.written();
    sessionStorage.clear();
    expect((await open()).find('step-1')).toEqual([draft]);
  });

  it.each([
    ['the service’s half', async () => ({ ...week, key: 'z'.repeat(43) })],
    ['no key at all', async () => undefined],
  ])('is not opened by %s alone or wrong', async (_what, secret) => {
    await closeWith(draft);
    const copy = await openLocalCopy(secret, keepSession(signedIn));
    expect(copy.find('step-1')).toEqual([]);
  });

  it('is gone after the days that the service names, and not before', async () => {
    await closeWith(draft);
    vi.setSystemTime(Date.now() + 6.9 * 86_400_000);
    expect((await open()).find('step-1')).toEqual([draft]);
    sessionStorage.clear();
    vi.setSystemTime(Date.now() + 0.2 * 86_400_000);
    expect((await open()).find('step-1')).toEqual([]);
    vi.useRealTimers();
    expect((await open()).find('step-1')).toEqual([]);
  });

  it('is gone after signing out, with its key and what is on its way', async () => {
    await closeWith(draft);
    const copy = await open();
    copy.keep({ ...draft, answers: { situation: 'the last words' } });
    await copy.wipe();
    await copy.written();
    expect(copy.find('step-1')).toEqual([]);
    expect(await records()).toBe(0);
    copy.keep(draft);
    await copy.written();
    expect((await open()).find('step-1')).toEqual([]);
    expect(await everything()).not.toContain('intersession.drafts');
  });
});

describe('where the browser has no such storage, or the place wants none', () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError');
  };

  it.each<[string, () => CopySecret]>([
    [
      'it is refused',
      () => {
        vi.stubGlobal('indexedDB', { open: blocked, deleteDatabase: blocked });
        return week;
      },
    ],
    [
      'there is none',
      () => {
        vi.stubGlobal('indexedDB', undefined);
        return week;
      },
    ],
    [
      'it never answers',
      () => {
        vi.stubGlobal('indexedDB', { open: () => ({}), deleteDatabase: () => ({}) });
        return week;
      },
    ],
    ['nothing is to be kept longer', () => ({ ...week, days: 0 })],
  ])('what is typed is kept in the tab, over a reload, and says so: %s', async (_how, block) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const secret = block();
    const soon = async <Value,>(what: Promise<Value>): Promise<Value> => {
      const ticking = setInterval(() => void vi.advanceTimersByTime(1_000), 1);
      return what.finally(() => clearInterval(ticking));
    };
    const copy = await soon(open(keepSession(signedIn), secret));
    copy.keep(draft);
    await soon(copy.written());
    expect(copy.where()).toEqual({ place: 'tab' });
    expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/laugh/);
    const again = await soon(open(keepSession(signedIn), secret));
    expect(again.find('step-1')).toEqual([draft]);
    const other = { ...signedIn, user: { reference: 'Patient/other', name: 'Other' } };
    expect((await soon(open(keepSession(other), secret))).find('step-1')).toEqual([]);
    expect(sessionStorage.getItem('intersession.drafts')).toBeNull();
    again.keep(draft);
    await soon(again.written());
    await soon(again.wipe());
    expect(sessionStorage.getItem('intersession.drafts')).toBeNull();
    vi.useRealTimers();
  });

  it('what a tab has kept so is on the device when there is one', async () => {
    const copy = await open(keepSession(signedIn), { ...week, days: 0 });
    copy.keep(draft);
    copy.keep({ ...draft, subject: 'step-2' });
    await copy.written();
    const again = await open();
    expect([again.find('step-1'), again.find('step-2')]).toEqual([[draft], [{ ...draft, subject: 'step-2' }]]);
    expect(sessionStorage.getItem('intersession.drafts')).toBeNull();
    sessionStorage.clear();
    expect((await open()).find('step-2')).toHaveLength(1);
  });

  it('says that it stands on the page alone where the key is not given, and keeps it when it is', async () => {
    let secret: CopySecret | undefined;
    const copy = await openLocalCopy(async () => secret, keepSession(signedIn));
    copy.keep(draft);
    await copy.written();
    expect(copy.where()).toEqual({ place: 'page' });
    secret = week;
    copy.keep({ ...draft, subject: 'step-2' });
    await copy.written();
    expect(copy.where()).toEqual({ place: 'device', days: 7 });
    sessionStorage.clear();
    expect((await open()).find('step-1')).toEqual([draft]);
  });
});

describe('the key to what is typed', () => {
  const serviceSays = (answer: () => Response) => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (path: string, { headers }: { headers: Record<string, string> }) => {
      asked.push(`${path} ${headers.Authorization} ${headers['X-Launch']}`);
      return answer();
    });
    return asked;
  };
  const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });

  it('is asked for by the first form, not by a page on which nobody writes; what is stored is opened first', async () => {
    const session = keepSession(signedIn);
    const asked = serviceSays(() => json(200, week));
    const secret = () => copySecret(session);
    const copy = await openLocalCopy(secret, session);
    expect(asked).toHaveLength(0);
    copy.keep(draft);
    await copy.written();
    expect(asked).toEqual(['/app/v1/copy-key Bearer opaque launch-1']);
    const reloaded = await openLocalCopy(secret, session);
    expect(asked).toHaveLength(2);
    expect(reloaded.find('step-1')).toEqual([draft]);
  });

  it('is not given when the session has ended: what is stored stays closed, and is kept', async () => {
    await closeWith(draft);
    const session = keepSession(signedIn);
    const asked = serviceSays(() => json(401, { code: 'session-expired' }));
    expect(await copySecret(session)).toBeUndefined();
    expect(asked).toHaveLength(1);
    const closed = await openLocalCopy(() => copySecret(session), session);
    closed.keep({ ...draft, subject: 'step-2' });
    await closed.written();
    expect((await open()).find('step-1')).toEqual([draft]);
  });

  it.each([{}, { key: 17, days: 7 }, { key: '', days: 7 }, { key: week.key }, []])(
    'is none where the service answers %j',
    async (body) => {
      serviceSays(() => json(200, body));
      expect(await copySecret(keepSession(signedIn))).toBeUndefined();
    },
  );

  it('is asked for again when there is no answer for a moment', async () => {
    vi.useFakeTimers();
    let calls = 0;
    serviceSays(() => {
      calls += 1;
      return calls < 3 ? json(503, { code: 'database-unreachable' }) : json(200, week);
    });
    const secret = copySecret(keepSession(signedIn));
    await vi.runAllTimersAsync();
    expect(await secret).toEqual(week);
    vi.useRealTimers();
  });
});

describe('what the tab keeps of a session', () => {
  it('names nobody', () => {
    keepSession(signedIn);
    expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/Whitfield|1991/);
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
