import { Notice } from '../parts/tone.tsx';
import { CrisisCall } from './crisis-call.tsx';

/**
 * Whether the care team is told of a risk answer: it is, by a signal that is open; as soon as the answer is saved; they were, of a
 * signal that was closed since, and are again when the log is sent, or have been of one that was sent; nobody is, for it can't be saved.
 * `waits`: a signal is open, or will be, that does not come to anybody by itself just now.
 */
export type RiskTold = 'told' | 'waits' | 'waits-when-saved' | 'when-saved' | 'when-sent' | 'before' | 'nobody';

const words: Readonly<Record<RiskTold, string>> = {
  told: 'Your care team has been told, so that someone can talk with you.',
  waits: 'It is noted, but your care team may not hear of it by itself just now. Please don’t wait for them.',
  'waits-when-saved':
    'It is noted as soon as this is saved or sent, but your care team may not hear of it by itself just now. Please don’t wait for them.',
  'when-saved': 'Your care team is told as soon as this is saved, so that someone can talk with you.',
  'when-sent': 'Your care team was told when you said so first, and is told again when you send this.',
  before:
    'Your care team was told when you said so first. If it is so again, tell them: press “I am not safe” at the end of this page.',
  nobody:
    'This can’t be saved here, so nobody is told of it. To tell your care team, press “I am not safe” at the end of this page.',
};

/** After an answer that is a reason to worry: warm words, who is told, that nobody watches, and whom to call now. */
export function RiskNotice({ told }: { readonly told: RiskTold }) {
  return (
    <Notice tone="open" title="Thank you for saying so. You don’t have to carry this alone." live="status">
      <p>
        {words[told]} They don’t watch this app round the clock. If you might act on such thoughts, call now, day or
        night:
      </p>
      <CrisisCall />
    </Notice>
  );
}
