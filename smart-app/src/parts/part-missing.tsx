import type { NotFetchedProps } from './lazy-part.tsx';

/** In place of something inside a page that could not be fetched; the page stands without it. */
export function PartMissing({ onRetry }: NotFetchedProps) {
  return (
    <p role="alert">
      This part of the page could not be opened. Check your connection.{' '}
      <button type="button" className="plain small" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
