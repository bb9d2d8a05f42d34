import type { StandingView } from '../../../src/contract/app/patient-homework.ts';
import type { StandingNotice } from './death-words.ts';

/**
 * What the patient is told of a merge, or of a record that says that they have died: whoever reads it there is alive, or grieves.
 * Never another record's id.
 */
export function ownNotices(standing: StandingView | undefined): readonly StandingNotice[] {
  if (standing === undefined) return [];
  const died = standing.deceased === undefined ? undefined : notActive;
  return [died, patientNotice(standing)].filter((entry) => entry !== undefined);
}

const notActive: StandingNotice = {
  title: 'Your clinic’s record is not active',
  words: 'There is nothing for you to do here. Please call your clinic: they can look into it and put it right.',
};

function patientNotice({ state, confirmed }: StandingView): StandingNotice | undefined {
  if (state !== 'merged') return undefined;
  return {
    title: 'Your clinic has joined two records of yours',
    words: confirmed
      ? 'Your homework has moved along. Sign out, and open Intersession again to go on.'
      : 'Until they have finished, you can only read here. What you wrote stays on this device.',
  };
}
