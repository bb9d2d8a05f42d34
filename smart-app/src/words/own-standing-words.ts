import type { StandingView } from '../../../src/contract/app/patient-homework.ts';
import type { Place } from './dates.ts';
import { deathNotice, type StandingNotice } from './death-words.ts';

/** What the patient is told of a merge or a death; never another record's id. */
export function ownNotices(standing: StandingView | undefined, place: Place): readonly StandingNotice[] {
  if (standing === undefined) return [];
  const died = standing.deceased === undefined ? undefined : deathNotice(standing, 'Your clinic’s record', place);
  return [died, patientNotice(standing)].filter((entry) => entry !== undefined);
}

function patientNotice({ state, confirmed }: StandingView): StandingNotice | undefined {
  if (state !== 'merged') return undefined;
  return {
    title: 'Your clinic has joined two records of yours',
    words: confirmed
      ? 'Your homework has moved along. Sign out, and open Intersession again to go on.'
      : 'Until they have finished, you can only read here. What you wrote stays on this device.',
  };
}
