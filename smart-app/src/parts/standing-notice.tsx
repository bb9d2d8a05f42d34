import type { StandingView } from '../service/contract.ts';
import type { Place } from '../words/dates.ts';
import { standingNotices } from '../words/patient-standing-words.ts';
import { Notice } from './tone.tsx';

interface StandingNoticeProps {
  readonly standing: StandingView | undefined;
  readonly reader: 'patient' | 'staff';
  readonly place: Place;
}

/** Above the page of a patient who was merged into another, is inactive or gone in the EHR, or has died. */
export function StandingNotice({ standing, ...to }: StandingNoticeProps) {
  return standingNotices(standing, to).map(({ title, words }) => (
    <Notice key={title} tone="care" title={title} live="status">
      <p>{words}</p>
    </Notice>
  ));
}
