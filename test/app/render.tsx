import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

export interface Rendered {
  readonly box: HTMLElement;
  /** Renders the same place anew. */
  render(node: ReactNode): void;
  leave(): void;
}

/** Renders into the document, so that focus and labels work as in a browser. */
export function render(node: ReactNode): Rendered {
  const box = document.createElement('div');
  document.body.append(box);
  const root = createRoot(box);
  const show = (shown: ReactNode): void => act(() => root.render(shown));
  show(node);
  return {
    box,
    render: show,
    leave() {
      act(() => root.unmount());
      box.remove();
    },
  };
}

/** Types into a field as a person does: the browser's own setter, then the event that React listens to. */
export function type(field: Element | null, text: string): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement))
    throw new Error('no field to type in');
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  act(() => {
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** Presses a key on an element. */
export function press(element: Element | null, key: string): void {
  act(() => void element?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));
}

/** Clicks an element. */
export function click(element: Element | null): void {
  if (!(element instanceof HTMLElement)) throw new Error('nothing to click');
  act(() => element.click());
}

/** Chooses an option of a select by its value. */
export function choose(field: Element | null, value: string): void {
  if (!(field instanceof HTMLSelectElement)) throw new Error('nothing to choose from');
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(field, value);
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
