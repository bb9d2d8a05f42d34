import { base64url } from './tab-secret.ts';

const tabUnder = 'intersession.tab-name';

/** This tab's name, the same after a reload; held while the tab is open, so that others know that it is. */
export async function takeTabName(): Promise<string> {
  const known = sessionStorage.getItem(tabUnder);
  // a tab that was made by doubling this one has the same storage, and needs a name of its own
  const name = known !== null && (await hold(known)) ? known : base64url(crypto.getRandomValues(new Uint8Array(12)));
  if (name !== known) await hold(name);
  sessionStorage.setItem(tabUnder, name);
  return name;
}

/** Forgets it: who signs in here next is another tab to them. */
export function forgetTabName(): void {
  sessionStorage.removeItem(tabUnder);
}

/** Holds a tab's name until the tab is closed; false: another one holds it. */
function hold(name: string): Promise<boolean> {
  const { locks } = navigator;
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    locks
      .request(lockOf(name), { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => {});
      })
      .catch(() => resolve(true));
  });
}

/** Tabs that are open now; what they have is theirs. A browser that cannot say so has none. */
export async function openTabs(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query().catch(() => undefined)) ?? {};
  return new Set(held.map(({ name = '' }) => name.slice(lockOf('').length)));
}

const lockOf = (tab: string): string => `intersession tab ${tab}`;
