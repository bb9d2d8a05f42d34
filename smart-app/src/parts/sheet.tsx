import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Icon } from './icon.tsx';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

const fields = ':is(input, select, textarea):not([type="hidden"], :disabled)';

/**
 * A dialog over the page: the browser keeps the focus inside and closes it on Escape. It opens with the focus on its first
 * field, as that is what it was opened for; where there is none on its heading, which says what it is.
 */
export function Sheet({ title, onClose, children, wide = false }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // before it leaves the document: only then does closing it give the focus back to what opened it
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown !== null && !shown.open) {
      shown.showModal();
      const first = shown.querySelector<HTMLElement>(fields) ?? shown.querySelector<HTMLElement>('h2');
      first?.focus();
    }
    const seen = window.visualViewport;
    // a keyboard on the screen may cover a dialog without making its window smaller: it keeps to what is left to see
    const keepInView = (): void => {
      if (seen === undefined || seen === null || shown === null) return;
      shown.classList.toggle('above-keyboard', seen.height < 0.8 * window.innerHeight && seen.scale === 1);
      shown.style.setProperty('--seen-height', `${seen.height}px`);
      shown.style.setProperty('--seen-top', `${seen.offsetTop}px`);
    };
    keepInView();
    seen?.addEventListener('resize', keepInView);
    return () => {
      seen?.removeEventListener('resize', keepInView);
      shown?.close();
      requestAnimationFrame(focusSomething);
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? 'wide' : undefined}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="plain" onClick={onClose} aria-label="Close">
          <Icon name="cross" />
        </button>
      </div>
      {children}
    </dialog>
  );
}

/** What opened the dialog may be gone by what was done in it: then the page's heading is the place to go on from. */
function focusSomething(): void {
  if (document.activeElement === null || document.activeElement === document.body) {
    document.querySelector<HTMLElement>('main h1')?.focus();
  }
}
