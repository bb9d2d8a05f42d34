import { type ComponentType, useEffect, useRef, useState } from 'react';

interface LazyPart<P extends object> {
  /** Stands for the part: shows it at once when it is there, else fetches it first. */
  readonly Part: ComponentType<P>;
  /** Fetches the part ahead, so that it is there when it is wanted, offline too. @throws TypeError without a connection */
  readonly fetch: () => Promise<void>;
}

/**
 * A page that the first paint does not need. It says that it is being opened, and, where it can't be fetched, says so
 * and can be tried again: unlike React's own `lazy`, which keeps a refusal for ever and takes the whole app with it.
 * @param Missing says that it could not be fetched; by default as a page does
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Missing: ComponentType<NotFetchedProps> = NotFetched,
): LazyPart<P> {
  let loaded: ComponentType<P> | undefined;
  const fetch = async (): Promise<void> => {
    loaded ??= await load();
  };
  function Part(props: P) {
    const [state, setState] = useState<'opening' | 'open' | 'missing'>('opening');
    const again = useRef(false);
    useEffect(() => {
      if (state !== 'opening') return;
      let left = false;
      fetch().then(
        () => {
          if (!left) setState('open');
        },
        async () => {
          const reload = again.current && (await answers());
          // who has gone to another page meanwhile is left in peace there
          if (left) return;
          if (reload) location.reload();
          setState('missing');
        },
      );
      return () => {
        left = true;
      };
    }, [state]);
    const Loaded = loaded;
    if (Loaded !== undefined) return <Loaded {...props} />;
    if (state !== 'missing') return <p role="status">Opening …</p>;
    return (
      <Missing
        onRetry={() => {
          again.current = true;
          setState('opening');
        }}
      />
    );
  }
  return { Part, fetch };
}

/**
 * A browser may remember that a file could not be fetched for as long as the page is open; only a reload asks for it
 * anew. Without a connection a reload would take the page away, so it is tried only when the service answers.
 */
async function answers(): Promise<boolean> {
  return window.fetch('/app', { method: 'HEAD' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

export interface NotFetchedProps {
  readonly onRetry: () => void;
}

function NotFetched({ onRetry }: NotFetchedProps) {
  return (
    <div className="card empty" role="alert">
      <h1 tabIndex={-1}>This page could not be opened</h1>
      <p>It has to be fetched from the service first, and that did not work. Check your connection and try again.</p>
      <p>If that does not help, reload the page.</p>
      <button type="button" className="primary" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

/** Fetches parts ahead. Without a connection nothing is lost: they are asked for again when they are opened. */
export function fetchAhead(parts: readonly Pick<LazyPart<object>, 'fetch'>[]): void {
  Promise.all(parts.map(({ fetch }) => fetch())).catch(() => undefined);
}
