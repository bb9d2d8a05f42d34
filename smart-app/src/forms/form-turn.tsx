import type { ReactNode } from 'react';
import type { FormPages } from './use-form-pages.ts';

interface FormTurnProps {
  readonly pages: FormPages;
  readonly onNext: () => void;
  /** Going on is what the form's Enter does; else what is done at its end can be done on every page. */
  readonly nextIsSubmit: boolean;
  /** Leaves it to go on another time; absent: there is no other time. */
  readonly pause?: ReactNode;
  /** What stands at the form's end. */
  readonly children: ReactNode;
}

/** The way on and back in a form of several pages, named by where it leads; on the last page, what the form is for. */
export function FormTurn({ pages, onNext, nextIsSubmit, pause, children }: FormTurnProps) {
  const { at, isLast } = pages;
  return (
    <>
      {isLast || !nextIsSubmit ? children : null}
      {isLast ? null : (
        <button
          id="form-next"
          {...(nextIsSubmit
            ? { type: 'submit', className: 'primary large' }
            : { type: 'button', className: 'secondary', onClick: onNext })}
        >
          Next: <bdi>{pages.pages[at + 1]?.title}</bdi>
        </button>
      )}
      {at === 0 ? null : (
        <button id="form-back" type="button" className="secondary" onClick={pages.back}>
          Back to “<bdi>{pages.pages[at - 1]?.title}</bdi>”
        </button>
      )}
      {isLast ? null : pause}
    </>
  );
}
