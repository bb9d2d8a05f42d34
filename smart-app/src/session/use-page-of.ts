import { useCallback, useEffect, useRef, useState } from 'react';

/** Told to the window when another page of the app was opened. */
export const pageOpened = 'intersession:page';

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
  const shown = useRef(page);
  shown.current = page;
  useEffect(() => {
    const back = (event: PopStateEvent): void => {
      const next = isPage(event.state) ? event.state : first;
      // another part of the same page: the page itself sees to that
      if (nameOf(next) === nameOf(shown.current)) return;
      moved.current = true;
      setPage(next);
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
    window.dispatchEvent(new Event(pageOpened));
  }, []);
  return [page, open];
}

/** All that says which page it is, without the part of it that is shown (`withinPage`). */
const nameOf = (page: object): string => JSON.stringify({ ...page, within: undefined });

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
