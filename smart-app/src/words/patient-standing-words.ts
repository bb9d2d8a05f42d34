import type { StandingView } from '../../../src/contract/app/patient-homework.ts';
import type { Place } from './dates.ts';
import { deathNotice, type StandingNotice } from './death-words.ts';

/** What staff are told of a merge, an inactive or missing record, or a death; one notice each. */
export function staffNotices(standing: StandingView | undefined, place: Place): readonly StandingNotice[] {
  if (standing === undefined) return [];
  const died = standing.deceased === undefined ? undefined : deathNotice(standing, 'The EHR', place);
  return [died, staffNotice(standing)].filter((entry) => entry !== undefined);
}

function staffNotice({ state, survivorId, confirmed }: StandingView): StandingNotice | undefined {
  const into = survivorId === undefined ? 'another record' : `the record Patient/${survivorId}`;
  if (state === 'merged' && confirmed) {
    return {
      title: 'This record was merged into another',
      words: `The homework now stands with ${into}. Open Intersession from that chart; nothing can be changed here.`,
    };
  }
  if (state === 'merged') {
    return {
      title: 'The EHR has merged this record into another',
      words: `It names ${into}. Until the integration team has confirmed that, nothing is sent to the chart and nothing can be changed here. A safety concern can still be raised.`,
    };
  }
  if (state === 'inactive') {
    return {
      title: 'The EHR holds this record as inactive',
      words:
        'It does not say why. What is written here is kept, and goes to the chart when the record is active again.',
    };
  }
  if (state === 'gone') {
    return {
      title: 'The EHR no longer has this record',
      words: 'What is written here is kept, and nothing is sent until it is clear who this patient is now.',
    };
  }
  return undefined;
}
