import type { SafetySignalView } from '../../../src/contract/app/safety.ts';
import { Icon } from '../parts/icon.tsx';
import { closedSignalWords } from '../words/closed-signal-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LongText } from './long-text.tsx';
import { useKnownPeople } from './people.ts';

/** Safety signals that were raised and are closed, each with when, by whom and why: nobody is to learn of them from a colleague alone. */
export function ClosedSignals({ closed }: { readonly closed: readonly SafetySignalView[] }) {
  const { place } = useClinicianPages();
  const people = useKnownPeople();
  return closed.map((signal) => (
    <li key={signal.id} className="care-item closed-signal">
      <div className="care-words">
        <h3>
          <Icon name="check" /> Safety signal, closed: {signal.words}
        </h3>
        {signal.closeReason === undefined ? null : (
          <blockquote className="quote">
            <LongText text={signal.closeReason} of="why it was closed" />
          </blockquote>
        )}
        <p className="quiet">It was {closedSignalWords(signal, place, people)}.</p>
      </div>
    </li>
  ));
}
