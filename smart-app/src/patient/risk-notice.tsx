import { Notice } from '../parts/tone.tsx';
import { CrisisCall } from './crisis-call.tsx';

/** After an answer that is a reason to worry: warm words, who is told, that nobody watches, and whom to call now. */
export function RiskNotice({ told }: { readonly told: boolean }) {
  return (
    <Notice tone="open" title="Thank you for saying so. You don’t have to carry this alone." live="status">
      <p>
        {told ? 'Your care team has been told, ' : 'Your care team is told as soon as this is saved, '}
        so that someone can talk with you. They don’t watch this app round the clock. If you might act on such thoughts,
        call now, day or night:
      </p>
      <CrisisCall />
    </Notice>
  );
}
