import type { StandingView } from '../../../src/contract/app/patient-homework.ts';
import { StandingNotices } from '../parts/standing-notice.tsx';
import { ownNotices } from '../words/own-standing-words.ts';

/** How the patient stands in the hospital's record, where there is something to say of it. */
export function OwnStanding({ standing }: { readonly standing: StandingView }) {
  return <StandingNotices notices={ownNotices(standing)} />;
}
