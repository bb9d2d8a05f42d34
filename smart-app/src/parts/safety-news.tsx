import { useEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import '../styles/safety-news.css';

interface SafetyNewsProps<Known> {
  /** What is known of the signals that are open; absent while nothing is loaded. Another object for each loading. */
  readonly known: Known | undefined;
  /**
   * What is to be told, in a few words each: what was told before and is open still, and what has come since. Kept by the caller from
   * render to render.
   */
  readonly cameSince: (before: Known, now: Known, told: readonly string[]) => readonly string[];
  /** Another choice of what is loaded: what comes with it is nothing new. */
  readonly choice?: string;
  /** Where it stands on the page. */
  readonly at: string;
}

/**
 * Says that a safety signal has come while the page was open: announced, and in view wherever on the page one is, until somebody has
 * gone there. It takes no focus, for somebody may be writing.
 */
export function SafetyNews<Known>({ known, cameSince, choice = '', at }: SafetyNewsProps<Known>) {
  const [news, setNews] = useState<readonly string[]>([]);
  const last = useRef<{ readonly choice: string; readonly known: Known }>(undefined);
  useEffect(() => {
    if (known === undefined) return;
    const before = last.current;
    last.current = { choice, known };
    if (before?.choice !== choice) return;
    setNews((told) => {
      const tell = cameSince(before.known, known, told);
      return tell.join() === told.join() ? told : tell;
    });
  }, [known, cameSince, choice]);
  const look = (): void => {
    setNews([]);
    const place = document.querySelector<HTMLElement>(at);
    place?.scrollIntoView({ block: 'start' });
    place?.focus({ preventScroll: true });
  };
  return (
    <div role="alert" className="safety-news">
      {news.length === 0 ? null : (
        <p>
          <Icon name="bang" /> <strong>A safety signal has come:</strong> <bdi>{news.join('; ')}</bdi>{' '}
          <button type="button" className="secondary small" onClick={look}>
            Look at it
          </button>
        </p>
      )}
    </div>
  );
}
