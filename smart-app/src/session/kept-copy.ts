import { type DeviceRecord, type DeviceRecords, deleteDeviceRecords, openDeviceRecords } from './device-records.ts';
import { type CopySecret, type DraftCopy, type KeptWhere, keptFlag, keptInTab } from './draft-copy.ts';
import { bytes, deriveKey, nameOf, seal, sealText, unseal } from './seal.ts';
import type { StoredSession } from './session-store.ts';
import { forgetTabName, openTabs, takeTabName } from './tab-name.ts';
import { base64url, tabSecret } from './tab-secret.ts';

/** What is kept of what was typed, on the device or in the tab. */
export interface KeptCopy {
  /** What there was for this person and patient: this tab's own first, then that of tabs that are closed, the newest first. */
  readonly found: readonly DraftCopy[];
  /** Of each subject keeps these and no others: this tab's own first, then of what was `found`. @returns where it stands now */
  write(changes: ReadonlyMap<string, readonly DraftCopy[]>): Promise<KeptWhere>;
  /** From now on nothing is written any more, not even what is under way. */
  close(): void;
}

const dayMs = 86_400_000;

/**
 * Opens what is kept, for who has signed in: reads what is theirs, and deletes what is too old or somebody else's. The key is
 * made from the service's half, a half that lies beside the copy, tenant, user and patient. So it can be read only after a
 * sign-in as the same person, and no more when either half is gone.
 */
export async function openKeptCopy(secret: CopySecret, session: StoredSession): Promise<KeptCopy> {
  const records =
    secret.days > 0 ? await openDeviceRecords(() => base64url(crypto.getRandomValues(new Uint8Array(32)))) : undefined;
  const tab = await openTab(secret, session);
  try {
    return records === undefined ? tab : await openDevice(records, { secret, session, tab });
  } catch {
    return tab;
  }
}

/** Forgets what every tab and person has kept on this device. */
export async function wipeDevice(): Promise<void> {
  sessionStorage.removeItem(keptInTab);
  forgetTabName();
  try {
    localStorage.removeItem(keptFlag);
    await deleteDeviceRecords();
  } catch {
    // where there is no such storage nothing is in it
  }
}

interface Opening {
  readonly secret: CopySecret;
  readonly session: StoredSession;
  readonly tab: KeptCopy;
}

async function openDevice(records: DeviceRecords, { secret, session, tab }: Opening): Promise<KeptCopy> {
  const half = `${await records.half()}.${secret.key}`;
  const owner = await nameOf(secret.key, session);
  const key = await deriveKey(half, session);
  const open = await openTabs();
  const mine = await takeTabName();
  const stored = await records.all();
  const isOld = ({ at }: DeviceRecord) => Date.now() - at > secret.days * dayMs;
  const gone = stored.filter((record) => record.owner !== owner || isOld(record));
  const readable = stored
    .filter((record) => !gone.includes(record) && (record.tab === mine || !open.has(record.tab)))
    .toSorted((a, b) => Number(b.tab === mine) - Number(a.tab === mine) || b.at - a.at);
  const found: { readonly id: string; readonly draft: DraftCopy }[] = [];
  for (const { id, iv, sealed } of readable) {
    const draft = await unseal(key, iv, sealed);
    if (isDraftCopy(draft)) found.push({ id, draft });
  }
  if (gone.length > 0) await records.write({ put: [], remove: gone.map(({ id }) => id) });
  keepFlag(stored.length > gone.length);
  let closed = false;
  const recordOf = async (draft: DraftCopy): Promise<DeviceRecord> => {
    const id = await idOf(draft.subject);
    return { id, owner, tab: mine, at: Date.now(), ...(await seal(key, draft)) };
  };
  // one name a patient, for one person may write of two
  const idOf = async (subject: string) =>
    `${mine}.${await nameOf(`${secret.key}.${session.patientId ?? ''}.${subject}`, session)}`;
  if (tab.found.length > 0) {
    // a browser that had no storage of its own has it now
    keepFlag(true);
    await records.write({ put: await Promise.all(tab.found.map(recordOf)), remove: [] });
    sessionStorage.removeItem(keptInTab);
  }
  return {
    found: [...found.map(({ draft }) => draft), ...tab.found],
    async write(changes) {
      const put: DeviceRecord[] = [];
      const remove: string[] = [];
      for (const [subject, drafts] of changes) {
        const before = found.filter(({ draft }) => draft.subject === subject);
        remove.push(...before.filter(({ draft }) => !drafts.includes(draft)).map(({ id }) => id));
        const [own] = drafts;
        if (before.some(({ draft }) => draft === own)) continue;
        // what the service has is not kept here as well
        if (own === undefined || own.synced) remove.push(await idOf(subject));
        else put.push(await recordOf(own));
      }
      if (closed) return { place: 'page' };
      try {
        // before it stands: a flag too many costs a look, one too few would hide it
        if (put.length > 0) keepFlag(true);
        await records.write({ put, remove: remove.filter((id) => put.every((record) => record.id !== id)) });
        return isFramedByOthers() ? { place: 'tab' } : { place: 'device', days: secret.days };
      } catch {
        return closed ? { place: 'page' } : tab.write(changes);
      }
    },
    close() {
      closed = true;
      tab.close();
    },
  };
}

/** Keeps it in the tab's own storage, with the tab's own half of the key. */
async function openTab(secret: CopySecret, session: StoredSession): Promise<KeptCopy> {
  const key = await deriveKey(`${tabSecret()}.${secret.key}`, session);
  let closed = false;
  let drafts = new Map((await readTab(key)).map((draft) => [draft.subject, draft]));
  return {
    found: [...drafts.values()],
    async write(changes) {
      const next = new Map(drafts);
      for (const [subject, [own]] of changes) {
        if (own === undefined) next.delete(subject);
        else next.set(subject, own);
      }
      drafts = next;
      try {
        const text = next.size === 0 ? undefined : await sealText(key, Object.fromEntries(next));
        if (closed) return { place: 'page' };
        if (text === undefined) sessionStorage.removeItem(keptInTab);
        else sessionStorage.setItem(keptInTab, text);
        return { place: 'tab' };
      } catch {
        return { place: 'page' };
      }
    },
    close() {
      closed = true;
    },
  };
}

async function readTab(key: CryptoKey): Promise<readonly DraftCopy[]> {
  const kept = sessionStorage.getItem(keptInTab);
  if (kept === null) return [];
  const [iv = '', sealed = ''] = kept.split('.');
  const drafts = await unseal(key, bytes(iv), bytes(sealed));
  if (typeof drafts === 'object' && drafts !== null) return Object.values(drafts).filter(isDraftCopy);
  // somebody else's, or spoilt: not ours to keep
  sessionStorage.removeItem(keptInTab);
  return [];
}

function keepFlag(on: boolean): void {
  try {
    if (on) localStorage.setItem(keptFlag, '1');
    else localStorage.removeItem(keptFlag);
  } catch {
    // without it what is kept is found by the next form that looks
  }
}

/** Inside another site's page a browser may throw away what is kept as soon as that page is closed. */
function isFramedByOthers(): boolean {
  if (window.parent === window) return false;
  try {
    return window.top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}

function isDraftCopy(value: unknown): value is DraftCopy {
  if (typeof value !== 'object' || value === null) return false;
  const draft: Record<string, unknown> = { ...value };
  return (
    typeof draft.subject === 'string' &&
    typeof draft.logId === 'string' &&
    typeof draft.answers === 'object' &&
    draft.answers !== null &&
    Array.isArray(draft.withheld)
  );
}
