import type { StandingNotice } from '../words/death-words.ts';
import { Notice } from './tone.tsx';

/** Above the page of a patient who was merged into another, is inactive or gone in the EHR, or has died. */
export function StandingNotices({ notices }: { readonly notices: readonly StandingNotice[] }) {
  return notices.map(({ title, words }) => (
    <Notice key={title} tone="care" title={title} live="status">
      <p>{words}</p>
    </Notice>
  ));
}
