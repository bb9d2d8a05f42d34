import { useState } from 'react';
import type { Heard } from '../../../src/contract/app/safety.ts';
import { Sheet } from '../parts/sheet.tsx';
import { expectAnswer, flag, shaped } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import { CrisisCall } from './crisis-call.tsx';
import '../styles/not-safe.css';

/** On every page: "I am not safe right now". First whom to call; then, if one likes, the care team is told as well. */
export function NotSafe() {
  const { call } = useAppSession();
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState<'asking' | 'sending' | 'told' | 'waits' | 'not-told'>('asking');
  const tell = async (): Promise<void> => {
    setTold('sending');
    try {
      const answer = await call({ method: 'POST', path: '/app/v1/safety-signals', body: { rule: 'not-safe-now' } });
      // whatever else answers has told nobody
      setTold(expectAnswer(answer, shaped<Heard>({ reaches: flag })).reaches ? 'told' : 'waits');
    } catch {
      setTold('not-told');
    }
  };
  return (
    <>
      <button type="button" className="plain small" onClick={() => setOpen(true)}>
        I am not safe<span className="longer"> right now</span>
      </button>
      {open ? (
        <Sheet title="Please call now" onClose={() => setOpen(false)}>
          <p>A person will talk with you, day or night. Nobody watches this app round the clock.</p>
          <CrisisCall />
          <p role="status">
            {told === 'told' ? 'Your care team has been told. They may not see it at once: please call, too.' : null}
            {told === 'waits'
              ? 'It is noted, but your care team may not hear of it by itself just now. Please call, and tell your clinic yourself.'
              : null}
            {told === 'not-told' ? 'Your care team could not be told just now. Please call.' : null}
          </p>
          {told === 'told' || told === 'waits' ? null : (
            <button type="button" className="secondary" disabled={told === 'sending'} onClick={() => void tell()}>
              Tell my care team as well
            </button>
          )}
        </Sheet>
      ) : null}
    </>
  );
}
