import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { Status } from '../parts/tone.tsx';
import type { Place } from '../words/dates.ts';
import { reasonTones, reasonWords, standingWords } from './roster-words.ts';

interface ReasonsProps {
  readonly row: RosterRow;
  readonly now: string;
  readonly place: Place;
}

/** Why a patient is on the list, the worst first, each with the plan that it is of where there are several. */
export function Reasons({ row, now, place }: ReasonsProps) {
  const [first, ...rest] = row.reasons;
  const standing = [...(row.deceased === true ? (['deceased'] as const) : []), ...(row.standing ? [row.standing] : [])];
  if (first === undefined && standing.length === 0) return <span className="quiet">on track</span>;
  const plans = new Map(row.plans.map((plan) => [plan.id, plan]));
  const running = row.plans.filter((plan) => plan.running).length;
  const wordsOf = (reason: RosterRow['reasons'][number]) => {
    const { timeZone = place.timeZone } = plans.get(reason.planId ?? '') ?? {};
    return reasonWords(reason, now, { ...place, timeZone });
  };
  const ofPlan = ({ planId, of }: RosterRow['reasons'][number]) => {
    // a signal is the patient's, whichever plan it was raised in
    const title = planId === undefined || of === 'safety' || running < 2 ? undefined : plans.get(planId)?.title;
    return title === undefined ? null : (
      <>
        {' '}
        (<bdi>{title}</bdi>)
      </>
    );
  };
  return (
    <ul className="signals">
      {standing.map((text) => (
        <li key={text}>
          <Status tone="quiet">{standingWords[text]}</Status>
        </li>
      ))}
      {first === undefined ? null : (
        <li>
          <Status tone={reasonTones[first.code]}>
            <span>
              {wordsOf(first)}
              {ofPlan(first)}
            </span>
          </Status>
        </li>
      )}
      {rest.map((reason) => (
        <li key={[reason.code, reason.planId, reason.chart, reason.of].join(' ')} className="quiet">
          {wordsOf(reason)}
          {ofPlan(reason)}
        </li>
      ))}
    </ul>
  );
}
