import { type ComponentProps, useRef } from 'react';
import { lazyPart } from '../parts/lazy-part.tsx';
import type { UndoStrip } from './undo-strip.tsx';

const undoStrip = lazyPart(async () => (await import('./undo-strip.tsx')).UndoStrip);

/** Where what can be undone stands; once there was something, what became of it is said as well. */
export function UndoPlace(props: ComponentProps<typeof UndoStrip>) {
  const undoable = useRef(false);
  undoable.current ||= props.homework.plans.some((plan) => plan.undoable !== undefined);
  return undoable.current ? <undoStrip.Part {...props} /> : null;
}
