import type { Role } from '../../../src/homework/role.ts';
import { type StoredSession, storedSession } from '../session/session-store.ts';

/** What of a session an answer was asked for with. */
type Asker = Pick<StoredSession, 'session' | 'launchId'>;

interface EarlyAnswer extends Asker {
  readonly path: string;
  readonly answer: Promise<Response>;
}

/** The question that a role's first page begins with, where it is always the same one. */
const firstQuestions: Partial<Record<Role, string>> = { patient: '/app/v1/patient', clinician: '/app/v1/patient' };

let early: EarlyAnswer | undefined;

/**
 * Asks what the first page will ask, while the files of that page are still coming. Asked once: `takeEarlyAnswer` gives it to the
 * page. What went wrong is found by who takes it.
 */
export function askEarly({ role, session, launchId }: Asker & Pick<StoredSession, 'role'>): void {
  const path = firstQuestions[role];
  if (path === undefined) return;
  const answer = fetch(path, { ...askingOptions, headers: headersOf({ session, launchId }) });
  // nobody may come for it
  answer.catch(() => undefined);
  early = { path, session, launchId, answer };
}

/** The answer to a question that was asked early, in the same session; undefined: it has to be asked. It is given once. */
export function takeEarlyAnswer(path: string, asker: Asker | undefined): Promise<Response> | undefined {
  const taken = early;
  if (taken === undefined || asker === undefined || taken.path !== path) return undefined;
  early = undefined;
  return taken.session === asker.session && taken.launchId === asker.launchId ? taken.answer : undefined;
}

/** How every question is asked: no cookies are sent, and no answer is kept. */
export const askingOptions = { credentials: 'omit', cache: 'no-store' } as const satisfies RequestInit;

/** What every question names: the session and the launch it is asked in. */
export function headersOf(asker: Asker | undefined): Readonly<Record<string, string>> {
  return {
    Accept: 'application/json, application/problem+json',
    ...(asker === undefined ? {} : { Authorization: `Bearer ${asker.session}`, 'X-Launch': asker.launchId }),
  };
}

/** Begins what the first page needs, by what the tab knows: who is signed in, or which step of a launch this address is. */
export function beginEarly(): void {
  const session = location.pathname === '/app' ? storedSession() : undefined;
  if (session !== undefined) askEarly(session);
  fetchFiles(session?.role ?? location.pathname.slice(1));
}

/** Fetches the files of a view, or of a step of the launch; the build names them (`scripts/build/early-files.ts`). */
export function fetchFiles(view: string): void {
  const named = document.querySelector<HTMLElement>('script[data-files]')?.dataset.files;
  if (named === undefined) return;
  const files: Readonly<Record<string, readonly string[]>> = JSON.parse(named);
  for (const file of Object.hasOwn(files, view) ? (files[view] ?? []) : []) {
    const href = `/assets/${file}`;
    if (document.querySelector(`link[href="${href}"]`) !== null) continue;
    const link = document.createElement('link');
    link.rel = file.endsWith('.css') ? 'stylesheet' : 'modulepreload';
    link.crossOrigin = '';
    link.setAttribute('href', href);
    document.head.append(link);
  }
}
