import type { StandingView } from '../service/contract.ts';
import { type Place, writeDate, writeDay } from './dates.ts';

/** What is to be known of how a patient stands in the EHR. */
export interface StandingNotice {
  readonly title: string;
  readonly words: string;
}

/** What staff or the patient are told of a merge, an inactive or missing record, or a death; one notice each. */
export function standingNotices(
  standing: StandingView | undefined,
  { reader, place }: { readonly reader: 'patient' | 'staff'; readonly place: Place },
): readonly StandingNotice[] {
  if (standing === undefined) return [];
  const of = reader === 'patient' ? patientNotice(standing) : staffNotice(standing);
  const died = standing.deceased === undefined ? undefined : deathNotice(standing, reader, place);
  return [died, of].filter((one) => one !== undefined);
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

function patientNotice({ state, confirmed }: StandingView): StandingNotice | undefined {
  if (state !== 'merged') return undefined;
  return {
    title: 'Your clinic has joined two records of yours',
    words: confirmed
      ? 'Your homework has moved along. Sign out, and open Intersession again from your clinic’s portal, to go on.'
      : 'Until they have finished that, you can read here but not send anything. What you have written stays on this device.',
  };
}

function deathNotice({ deceased }: StandingView, reader: 'patient' | 'staff', place: Place): StandingNotice {
  const who = reader === 'patient' ? 'Your clinic’s record' : 'The EHR';
  const at = deceased?.at;
  // where the EHR says a day, it stands here as that day's beginning in UTC
  const day = at?.endsWith('T00:00:00.000Z') === true ? writeDate(at.slice(0, 10), place) : undefined;
  const when = at === undefined ? '' : ` It names ${day ?? writeDay(at, place)}.`;
  return {
    title: `${who} says that this patient has died`,
    words: `${when === '' ? '' : `${when.trim()} `}Nothing is overdue any more. If that is a mistake, please tell the people who look after the record.`,
  };
}
