import { useEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import '../styles/safety-news.css';

interface SafetyNewsProps<Known> {
  /** What is known of the signals that are open; absent while nothing is loaded. Another object for each loading. */
  readonly known: Known | undefined;
  /** What has come since, in a few words each; kept by the caller from render to render. */
  readonly cameSince: (before: Known, now: Known) => readonly string[];
  /** Another choice of what is loaded: what comes with it is nothing new. */
  readonly choice?: string;
  /** Where it stands on the page. */
  readonly at: string;
}

/**
 * Says that a safety signal has come while the page was open: announced, and in view wherever on the page one is, until somebody has
 * gone there or it is closed. It takes no focus, for somebody may be writing.
 */
export function SafetyNews<Known>({ known, cameSince, choice = '', at }: SafetyNewsProps<Known>) {
  const [news, setNews] = useState<readonly string[]>([]);
  const last = useRef<{ readonly choice: string; readonly known: Known }>(undefined);
  // what was known before the news that stands here came
  const base = useRef<Known>(undefined);
  useEffect(() => {
    if (known === undefined) return;
    const before = last.current;
    last.current = { choice, known };
    if (before?.choice !== choice) {
      base.current = undefined;
      return;
    }
    const came = cameSince(before.known, known);
    // of what came before only what is open still is news: what somebody closed meanwhile is not
    const still = base.current === undefined ? [] : cameSince(base.current, known);
    const told = [...new Set([...still, ...came])];
    base.current = told.length === 0 ? undefined : (base.current ?? before.known);
    setNews((shown) => (shown.length === 0 && told.length === 0 ? shown : told));
  }, [known, cameSince, choice]);
  const look = (): void => {
    setNews([]);
    base.current = undefined;
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
