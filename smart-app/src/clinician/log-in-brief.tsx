import type { LogView } from '../../../src/contract/app/plan-view.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import { Curve } from '../charts/curve.tsx';
import { firstLineOf, numberIn, otherLines, predictionIn } from '../plan/summary.ts';
import { versionOf } from '../plan/version-of.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PredictionPair, Written } from './prediction-pair.tsx';
import { RatedChange } from './rated-change.tsx';
import { RiskAnswers } from './risk-answers.tsx';

/** Figures that are told in words: scores, minutes, what was planned and done, several ratings beside each other. */
const isRated = (line: SummaryLine): boolean => ['score', 'minutes', 'pair', 'points', 'items'].includes(line.type);

/**
 * A log by the summary of the version that it answers: its first line, which says what it is about; prediction and outcome, what
 * changed, its curve, and its other figures. A log of which nothing of that can be shown says so.
 */
export function LogInBrief({ log }: { readonly log: LogView }) {
  const { homework } = useClinicianPages();
  const { summary = [], scores } = versionOf(homework, log.questionnaire) ?? {};
  const first = firstLineOf(log, summary, scores);
  const pair = predictionIn(log, summary);
  const changes = summary.flatMap((line) => {
    if (line.type !== 'change') return [];
    const [from, to] = [numberIn(log, line.before), numberIn(log, line.after)];
    return from === undefined && to === undefined ? [] : [{ label: line.label, unit: line.unit, from, to }];
  });
  const curves = summary.flatMap((line) => {
    if (line.type !== 'points' || line.peak === undefined) return [];
    const values = line.linkIds.map((linkId) => numberIn(log, linkId));
    return values.every((value) => value === undefined) ? [] : [{ label: line.label, names: line.names, values }];
  });
  const lines = otherLines(log, summary.slice(1).filter(isRated), scores);
  const shown = pair !== undefined || changes.length + curves.length + lines.length > 0;
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
      {changes.length + curves.length + lines.length === 0 ? null : (
        <div className="log-measures">
          {changes.map((change) => (
            <RatedChange key={change.label} {...change} />
          ))}
          {curves.map((curve) => (
            <Curve key={curve.label} {...curve} />
          ))}
          {lines.map(({ label, words }) => (
            <p key={label} className="log-line">
              <span className="curve-name">{label}</span> <bdi>{words}</bdi>
            </p>
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
