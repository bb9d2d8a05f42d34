import type { PredictionAndOutcome, WrittenAnswer } from '../plan/summary.ts';
import { writeTime } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LongText } from './long-text.tsx';

/** What was expected beside what came: the two that test the belief. Says since when the prediction stands so, if it was there first. */
export function PredictionPair({ prediction, likelihood, outcome, predictedAt }: PredictionAndOutcome) {
  const { place } = useClinicianPages();
  return (
    <dl className="pair">
      {!isThere(prediction) ? null : (
        <div>
          <dt>Predicted</dt>
          <dd>
            <Written answer={prediction} of="what was predicted" />
            {likelihood === undefined ? null : <span className="quiet"> {likelihood} % likely</span>}
            {predictedAt === undefined ? null : (
              <span className="quiet predicted-at">
                Written {writeTime(predictedAt, place)}, before the outcome; unchanged since
              </span>
            )}
          </dd>
        </div>
      )}
      {!isThere(outcome) ? null : (
        <div className="came">
          <dt>What happened</dt>
          <dd>
            <Written answer={outcome} of="what happened" />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** A half that nobody wrote says nothing: it was not asked for yet, or left out. What is kept private says that it is. */
function isThere(half: WrittenAnswer | undefined): half is WrittenAnswer {
  return half !== undefined && (half.kept || half.words !== undefined);
}

/** Somebody’s words, or why there are none. */
export function Written({ answer: { words, kept }, of }: { readonly answer: WrittenAnswer; readonly of: string }) {
  if (kept) return <span className="quiet">kept private by the patient</span>;
  if (words === undefined) return <span className="quiet">not written</span>;
  return <LongText text={words} of={of} />;
}
