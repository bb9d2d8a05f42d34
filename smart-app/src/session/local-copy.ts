import { type CopySecret, type DraftCopy, type KeptWhere, keptFlag, keptInTab } from './draft-copy.ts';
import type { KeptCopy } from './kept-copy.ts';
import type { StoredSession } from './session-store.ts';

export interface LocalCopy {
  /** What was begun for a subject on this device: this tab's first, then what tabs that were closed had besides. */
  find(subject: string): readonly DraftCopy[];
  /** The same, of what is known so far: asks for nothing. */
  peek(subject: string): readonly DraftCopy[];
  /** Keeps it, in the place of all that there was of its subject but `rest`, which is something else. */
  keep(draft: DraftCopy, rest?: readonly DraftCopy[]): void;
  /** Forgets the first that there is of it. */
  drop(subject: string): void;
  /** Whether anything that was written does not stand at the service. */
  unsent(): boolean;
  /** Where what was kept last stands; not known before it does. */
  where(): KeptWhere | undefined;
  /** Calls whenever that changes. @returns a way to stop it */
  watch(listener: () => void): () => void;
  /** Resolves when everything kept so far stands where it can. */
  written(): Promise<void>;
  /** Forgets everything on this device, also what is on its way; nothing more is kept. */
  wipe(): Promise<void>;
}

/**
 * What is being typed, encrypted, on this device (`kept-copy`, which is fetched when it is needed). Without the service's half
 * of its key it stays in the page's memory alone, and what is stored is left as it is.
 * The key is asked for when something is stored already, else when the first form looks for what was begun: a page on which
 * nobody writes waits for nothing, and who begins to write has it before the network goes.
 */
export async function openLocalCopy(
  secret: () => Promise<CopySecret | undefined>,
  session: StoredSession,
): Promise<LocalCopy> {
  let opened: Promise<KeptCopy | undefined> | undefined;
  const open = (): Promise<KeptCopy | undefined> => {
    opened ??= openKept(secret, session).then((kept) => {
      // no key, or no connection to fetch what keeps: the next key stroke tries again
      if (kept === undefined) opened = undefined;
      return kept;
    });
    return opened;
  };
  const stored = isSomethingKept() ? await open() : undefined;
  const drafts = new Map<string, readonly DraftCopy[]>();
  for (const draft of stored?.found ?? []) drafts.set(draft.subject, [...(drafts.get(draft.subject) ?? []), draft]);
  const waiting = new Set<string>();
  const listeners = new Set<() => void>();
  let where: KeptWhere | undefined;
  let writing = Promise.resolve();
  let wiped = false;
  const write = (subject: string): void => {
    // only the newest state is worth writing; what was typed meanwhile comes with it
    waiting.add(subject);
    writing = writing.then(async () => {
      if (waiting.size === 0 || wiped) return;
      const kept = await open();
      const changes = new Map([...waiting].map((name) => [name, drafts.get(name) ?? []]));
      waiting.clear();
      const now: KeptWhere = (await kept?.write(changes)) ?? { place: 'page' };
      // what could not be kept now is kept with the next
      if (now.place === 'page') for (const name of changes.keys()) waiting.add(name);
      where = now.place === where?.place ? where : now;
      for (const listener of listeners) listener();
    });
  };
  return {
    find(subject) {
      if (opened === undefined) void open();
      return drafts.get(subject) ?? [];
    },
    peek: (subject) => drafts.get(subject) ?? [],
    keep(draft, rest = []) {
      drafts.set(draft.subject, [draft, ...rest]);
      write(draft.subject);
    },
    drop(subject) {
      drafts.set(subject, (drafts.get(subject) ?? []).slice(1));
      write(subject);
    },
    unsent: () => [...drafts.values()].flat().some(isUnsent),
    where: () => where,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    written: () => writing,
    async wipe() {
      wiped = true;
      void opened?.then((kept) => kept?.close());
      drafts.clear();
      waiting.clear();
      sessionStorage.removeItem(keptInTab);
      if (opened === undefined && !isSomethingKept()) return;
      const { wipeDevice } = await import('./kept-copy.ts');
      await wipeDevice();
    },
  };
}

function isUnsent({ synced, answers }: DraftCopy): boolean {
  return (
    !synced &&
    Object.values(answers).some(
      (answer) => answer !== undefined && answer !== '' && !(Array.isArray(answer) && answer.length === 0),
    )
  );
}

function isSomethingKept(): boolean {
  try {
    return sessionStorage.getItem(keptInTab) !== null || localStorage.getItem(keptFlag) !== null;
  } catch {
    // a browser that has no such storage has nothing in it
    return false;
  }
}

async function openKept(
  secret: () => Promise<CopySecret | undefined>,
  session: StoredSession,
): Promise<KeptCopy | undefined> {
  try {
    const [{ openKeptCopy }, known] = await Promise.all([import('./kept-copy.ts'), secret()]);
    return known === undefined ? undefined : await openKeptCopy(known, session);
  } catch {
    // no connection to fetch it by
    return undefined;
  }
}
