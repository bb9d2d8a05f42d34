import { webcrypto } from 'node:crypto';
import { act } from 'react';
import { vi } from 'vitest';
import { SignedInApp } from '../../smart-app/src/session/signed-in-app.tsx';
import { tabKeyHash, tabSecret } from '../../smart-app/src/session/tab-secret.ts';
import type { SessionView } from '../../src/contract/app/session.ts';
import { type FakeService, openFakeService, type Situation } from './fake-service.ts';
import { type Rendered, render } from './render.tsx';

/** What is answered in the service's place; undefined: the service itself answers. */
export type Instead = (call: {
  readonly method: string;
  readonly path: string;
  /** The page says that nobody has done anything. */
  readonly byItself: boolean;
}) => Response | undefined;

export interface OpenedView {
  readonly shown: Rendered;
  readonly service: FakeService;
  text(): string;
  /** Waits until it is so, with whatever React has to do for it. */
  until(isSo: () => boolean): Promise<void>;
  /** Presses the button of these words. */
  press(words: string): Promise<void>;
  instead(answer: Instead): void;
  close(): Promise<void>;
}

// on a busy machine the first page to fetch a lazy part takes long; what comes at last is what counts
const limitMs = 20_000;

/** Stands in for the browser round the app: its fetch goes to this service, unless something else answers. */
export function browseTo(service: Pick<FakeService, 'origin'>, instead: () => Instead): void {
  // nor does it lay anything out that could be scrolled to
  Element.prototype.scrollIntoView ??= () => undefined;
  // jsdom has no subtle crypto of its own; Node's is the same API
  vi.stubGlobal('crypto', webcrypto);
  // nor can it show a dialog as modal
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement): void {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement): void {
    this.open = false;
  };
  const nodeFetch = fetch;
  vi.stubGlobal('fetch', async (path: string, { signal, keepalive: _lasting, ...init }: RequestInit = {}) => {
    const byItself = new Headers(init.headers).has('X-By-Itself');
    const call = { method: init.method ?? 'GET', path, byItself };
    const answer = instead()(call) ?? (await nodeFetch(service.origin + path, init));
    // jsdom's signal is not one of Node's
    signal?.throwIfAborted();
    return answer;
  });
}

export async function waitFor(isSo: () => boolean, what: () => string): Promise<void> {
  const since = performance.now();
  while (!isSo()) {
    if (performance.now() - since > limitMs) throw new Error(`it did not come to that: ${what()}`);
    await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
  }
}

export function button(box: ParentNode, words: string): HTMLButtonElement | undefined {
  return [...box.querySelectorAll('button')].find((entry) => entry.textContent?.includes(words));
}

/** Signs in at a fake service and opens the whole app there, at one of its pages. */
export async function openView(situation: Situation, page?: object): Promise<OpenedView> {
  const service = await openFakeService(situation);
  let instead: Instead = () => undefined;
  sessionStorage.clear();
  history.replaceState(page ?? null, '', '/app');
  browseTo(service, () => instead);
  const post = async (path: string, body: object) =>
    (await fetch(path, { method: 'POST', body: JSON.stringify(body) })).json();
  const query = new URL(service.launchUrl).searchParams;
  const launch = { iss: query.get('iss'), launch: query.get('launch'), tabKeyHash: await tabKeyHash(tabSecret()) };
  const { authorizeUrl } = await post('/smart/launch', launch);
  const state = new URL(authorizeUrl).searchParams.get('state');
  const signedIn: SessionView = await post('/smart/callback', { state, code: 'code-1', tabSecret: tabSecret() });
  let shown: Rendered | undefined;
  const box = () => shown?.box ?? document.body;
  const text = (): string => box().textContent ?? '';
  return {
    get shown() {
      shown ??= render(<SignedInApp signedIn={signedIn} />);
      return shown;
    },
    service,
    text,
    until: (isSo) => waitFor(isSo, text),
    async press(words) {
      await waitFor(
        () => button(box(), words)?.disabled === false,
        () => `no button ${words} in: ${text()}`,
      );
      await act(async () => button(box(), words)?.click());
    },
    instead(answer) {
      instead = answer;
    },
    async close() {
      shown?.leave();
      vi.unstubAllGlobals();
      await service.close();
    },
  };
}
