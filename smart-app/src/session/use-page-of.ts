import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Which page of a view is open, kept in the browser's history without any address of its own: back and reload work,
 * and no id ever stands in a URL. A new page begins at its top, with its heading in focus.
 */
export function usePageOf<P extends { readonly name: string }>(
  first: P,
  isPage: (value: unknown) => value is P,
): [P, (page: P) => void] {
  const [page, setPage] = useState<P>(() => (isPage(history.state) ? history.state : first));
  const moved = useRef(false);
  useEffect(() => {
    const back = (event: PopStateEvent): void => {
      moved.current = true;
      setPage(isPage(event.state) ? event.state : first);
    };
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, [first, isPage]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the page's change that moves the focus
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    window.scrollTo(0, 0);
    return focusHeading();
  }, [page]);
  const open = useCallback((next: P): void => {
    moved.current = true;
    history.pushState(next, '');
    setPage(next);
  }, []);
  return [page, open];
}

/** Focuses the page's heading as soon as there is one to see: of a page that is fetched first there is none yet. */
function focusHeading(): () => void {
  let waiting: number | undefined;
  let framesLeft = 300;
  const look = (): void => {
    const heading = document.querySelector<HTMLElement>('main:not([aria-busy]) h1');
    heading?.focus();
    // the page before stays for a while, hidden, and takes no focus
    if (heading !== null && document.activeElement === heading) return;
    framesLeft -= 1;
    if (framesLeft > 0) waiting = requestAnimationFrame(look);
  };
  look();
  return () => {
    if (waiting !== undefined) cancelAnimationFrame(waiting);
  };
}
