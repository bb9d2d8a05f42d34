import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { Curve } from '../charts/curve.tsx';
import { firstLineOf, numberIn, predictionIn } from '../plan/summary.ts';
import { versionOf } from '../plan/version-of.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PredictionPair, Written } from './prediction-pair.tsx';
import { RatedChange } from './rated-change.tsx';
import { RiskAnswers } from './risk-answers.tsx';

/**
 * A log by the summary of the version that it answers: its first line, which says what it is about; prediction and outcome, what
 * changed, its curve. A log of which nothing of that can be shown says so.
 */
export function LogInBrief({ log }: { readonly log: LogView }) {
  const { homework } = useClinicianPages();
  const summary = versionOf(homework, log.questionnaire)?.summary ?? [];
  const first = firstLineOf(log, summary);
  const pair = predictionIn(log, summary);
  const changes = summary.flatMap((line) => {
    if (line.type !== 'change') return [];
    const [from, to] = [numberIn(log, line.before), numberIn(log, line.after)];
    return from === undefined && to === undefined ? [] : [{ label: line.label, unit: line.unit, from, to }];
  });
  const curves = summary.flatMap((line) => {
    if (line.type !== 'points') return [];
    const values = line.linkIds.map((linkId) => numberIn(log, linkId));
    return values.every((value) => value === undefined) ? [] : [{ label: line.label, names: line.names, values }];
  });
  const shown = pair !== undefined || changes.length > 0 || curves.length > 0;
  return (
    <div className="log-brief">
      <RiskAnswers log={log} />
      {first === undefined ? null : first.words === undefined && !first.kept ? (
        <p className="first-line quiet">“{first.label}” was left empty.</p>
      ) : (
        <p className="first-line">
          <span className="curve-name">{first.label}</span> <Written answer={first} of={first.label.toLowerCase()} />
        </p>
      )}
      {pair === undefined ? null : <PredictionPair {...pair} />}
      {changes.length + curves.length === 0 ? null : (
        <div className="log-measures">
          {changes.map((change) => (
            <RatedChange key={change.label} {...change} />
          ))}
          {curves.map((curve) => (
            <Curve key={curve.label} {...curve} />
          ))}
        </div>
      )}
      {log.withheld.length === 0 ? (
        shown || first?.words !== undefined ? null : (
          <p className="quiet">Nothing of its summary was filled in.</p>
        )
      ) : (
        <p className="quiet">
          {log.withheld.length === 1 ? 'One answer is' : `${log.withheld.length} answers are`} kept private by the
          patient.
        </p>
      )}
    </div>
  );
}
