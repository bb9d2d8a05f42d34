import type { FormPages } from './use-form-pages.ts';
import { pageHeadingId } from './use-form-pages.ts';

/** How far one is in a form of several pages: "2 of 3: During", in words for everybody and as a bar for who sees it. */
export function FormProgress({ pages, at, page }: FormPages) {
  if (pages.length < 2) return null;
  return (
    <div className="form-progress">
      <h2 id={pageHeadingId} tabIndex={-1}>
        <span className="quiet">
          {at + 1} of {pages.length}:
        </span>{' '}
        <bdi>{page.title}</bdi>
      </h2>
      <div className="form-progress-bar" aria-hidden="true">
        {pages.map(({ fields }, index) => (
          <span key={fields[0]?.linkId} className={index <= at ? 'reached' : undefined} />
        ))}
      </div>
    </div>
  );
}
