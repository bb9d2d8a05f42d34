import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { Curve } from '../charts/curve.tsx';
import { FromTo } from '../parts/icon.tsx';
import { numberIn, predictionIn } from '../plan/summary.ts';
import { versionOf } from '../plan/version-of.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PredictionPair } from './prediction-pair.tsx';

/** A log by the summary of the version that it answers: prediction and outcome, what changed, its curve. */
export function LogInBrief({ log }: { readonly log: LogView }) {
  const { homework } = useClinicianPages();
  const summary = versionOf(homework, log.questionnaire)?.summary ?? [];
  const pair = predictionIn(log, summary);
  const changes = summary.flatMap((line) => {
    if (line.type !== 'change') return [];
    const [from, to] = [numberIn(log, line.before), numberIn(log, line.after)];
    return from === undefined && to === undefined ? [] : [{ label: line.label, unit: line.unit, from, to }];
  });
  const curve = summary.find((line) => line.type === 'points');
  return (
    <div className="log-brief">
      {pair === undefined ? null : <PredictionPair {...pair} />}
      <div className="log-measures">
        {changes.map(({ label, ...change }) => (
          <p key={label} className="change">
            <span className="curve-name">{label}</span>{' '}
            <span className="curve-values">
              <FromTo {...change} />
            </span>
          </p>
        ))}
        {curve?.type === 'points' ? (
          <Curve
            label={curve.label}
            names={curve.names}
            values={curve.linkIds.map((linkId) => numberIn(log, linkId))}
          />
        ) : null}
      </div>
      {log.withheld.length === 0 ? null : (
        <p className="quiet">
          {log.withheld.length === 1 ? 'One answer is' : `${log.withheld.length} answers are`} kept private by the
          patient.
        </p>
      )}
    </div>
  );
}
