import type { StoredSession } from './session-store.ts';
import { base64url } from './tab-secret.ts';

const storedUnder = 'intersession.drafts';

/** Something that is being written, as it stands in this tab: a log by its answers, a message by its text. */
export interface DraftCopy {
  /** What it is for: one draft for each subject, e.g. an assignment's id. */
  readonly subject: string;
  readonly logId: string;
  readonly occurrenceId?: string;
  readonly performedAt: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
  /** linkIds of predictions that stay as they were written, because an outcome was written since. */
  readonly locked?: readonly string[];
  /** False while the service does not have it yet. */
  readonly synced: boolean;
  /** When the service last took it, by its own clock. */
  readonly savedAt?: string;
  /** Other versions of the same log that are written nowhere else, until it is sent. */
  readonly others?: readonly DraftCopy[];
}

type Drafts = Readonly<Record<string, DraftCopy>>;

export interface LocalCopy {
  /** What was begun for a subject in this tab, if anything. */
  find(subject: string): DraftCopy | undefined;
  keep(draft: DraftCopy): void;
  drop(subject: string): void;
  /** Resolves when everything kept so far is in the tab's storage. */
  written(): Promise<void>;
  /** Forgets everything, also what is on its way into the storage; nothing more is kept. */
  wipe(): void;
}

/** The secret that the key is made from; a function is asked when the key is first needed. */
export type CopySecret = string | undefined | (() => Promise<string | undefined>);

/**
 * The encrypted copy of what is being typed, in the tab's own storage. Its key is made from a secret that is not stored
 * beside it (`copySecret`) together with tenant, user and patient: after a sign-in as somebody else the copy can't be
 * read, and is wiped. Without the secret it is kept in the page's memory alone, and what is stored is left as it is.
 * The secret is asked for when something is stored already, else when the first form looks for what was begun: a page
 * on which nobody writes waits for nothing, and who begins to write has it before the network goes.
 */
export async function openLocalCopy(secret: CopySecret, session: StoredSession): Promise<LocalCopy> {
  let asked: Promise<CryptoKey | undefined> | undefined;
  const keyOf = (): Promise<CryptoKey | undefined> => {
    asked ??= Promise.resolve(typeof secret === 'function' ? secret() : secret).then((known) =>
      known === undefined ? undefined : deriveKey(known, session),
    );
    return asked;
  };
  const stored = sessionStorage.getItem(storedUnder) === null ? undefined : await keyOf();
  let drafts = stored === undefined ? {} : await read(stored);
  let writing = Promise.resolve();
  let wanted = 0;
  let wiped = false;
  const write = (): void => {
    wanted += 1;
    const mine = wanted;
    writing = writing.then(async () => {
      // only the newest state is worth writing; what was typed meanwhile comes with it
      if (mine !== wanted) return;
      const key = await keyOf();
      if (key === undefined) return;
      const sealed = Object.keys(drafts).length === 0 ? undefined : await encrypt(key, drafts);
      if (wiped || sealed === undefined) sessionStorage.removeItem(storedUnder);
      else sessionStorage.setItem(storedUnder, sealed);
    });
  };
  return {
    find(subject) {
      void keyOf();
      return drafts[subject];
    },
    keep(draft) {
      drafts = { ...drafts, [draft.subject]: draft };
      write();
    },
    drop(subject) {
      const { [subject]: _dropped, ...rest } = drafts;
      drafts = rest;
      write();
    },
    written: () => writing,
    wipe() {
      wiped = true;
      drafts = {};
      sessionStorage.removeItem(storedUnder);
    },
  };
}

async function deriveKey(secret: string, { tenant, user, patientId }: StoredSession): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const base = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey']);
  const info = encoder.encode(JSON.stringify([tenant.id, user.reference, patientId ?? null]));
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode('intersession drafts'), info },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function encrypt(key: CryptoKey, drafts: Drafts): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(drafts));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain));
  // by chunks: a long text as one argument list would overflow the stack
  const chunks: string[] = [];
  for (let at = 0; at < sealed.length; at += 8190) chunks.push(base64url(sealed.subarray(at, at + 8190)));
  return `${base64url(iv)}.${chunks.join('')}`;
}

async function read(key: CryptoKey): Promise<Drafts> {
  const kept = sessionStorage.getItem(storedUnder);
  if (kept === null) return {};
  try {
    const [iv = '', sealed = ''] = kept.split('.');
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, key, bytes(sealed));
    const parsed: unknown = JSON.parse(new TextDecoder().decode(plain));
    return isDrafts(parsed) ? parsed : {};
  } catch {
    // somebody else's, or spoilt: not ours to keep
    sessionStorage.removeItem(storedUnder);
    return {};
  }
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function isDrafts(value: unknown): value is Drafts {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((draft) => typeof draft === 'object' && draft !== null && 'logId' in draft)
  );
}
