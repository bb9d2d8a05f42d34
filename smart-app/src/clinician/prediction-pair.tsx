import type { PredictionAndOutcome } from '../plan/summary.ts';
import { writeTime } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { useClinicianPages } from './clinician-context.ts';

/** What was expected beside what came: the two that test the belief. Says since when the prediction stands so, if it was there first. */
export function PredictionPair({ prediction, likelihood, outcome, predictedAt }: PredictionAndOutcome) {
  const { place } = useClinicianPages();
  return (
    <dl className="pair">
      <div>
        <dt>Predicted</dt>
        <dd>
          {prediction === undefined ? <span className="quiet">not written</span> : `“${isolate(prediction)}”`}
          {likelihood === undefined ? null : <span className="quiet"> {likelihood} % likely</span>}
          {predictedAt === undefined ? null : (
            <span className="quiet predicted-at">
              Written {writeTime(predictedAt, place)}, before the outcome; unchanged since
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>What happened</dt>
        <dd>{outcome === undefined ? <span className="quiet">not written</span> : `“${isolate(outcome)}”`}</dd>
      </div>
    </dl>
  );
}
