import type { PredictionAndOutcome } from '../plan/summary.ts';

/** What was expected beside what came: the two that test the belief. */
export function PredictionPair({ prediction, likelihood, outcome }: PredictionAndOutcome) {
  return (
    <dl className="pair">
      <div>
        <dt>Predicted</dt>
        <dd>
          {prediction === undefined ? <span className="quiet">not written</span> : `“${prediction}”`}
          {likelihood === undefined ? null : <span className="quiet"> {likelihood} % likely</span>}
        </dd>
      </div>
      <div>
        <dt>What happened</dt>
        <dd>{outcome === undefined ? <span className="quiet">not written</span> : `“${outcome}”`}</dd>
      </div>
    </dl>
  );
}
