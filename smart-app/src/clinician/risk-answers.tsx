import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { riskAnswer } from '../../../src/homework/safety/safety-signal.ts';
import { questionsOf, readQuestionnaire } from '../forms/read-questionnaire.ts';
import { wordsIn } from '../plan/summary.ts';
import { versionOf } from '../plan/version-of.ts';
import { isolate } from '../words/isolate.ts';
import { useClinicianPages } from './clinician-context.ts';

/** The answers of a log that made somebody fear for the patient, on its face whatever became of the signal; nothing that is kept private. */
export function RiskAnswers({ log }: { readonly log: LogView }) {
  const { homework } = useClinicianPages();
  const risks = (versionOf(homework, log.questionnaire)?.safety ?? []).filter(
    (declaration) => riskAnswer(log.items, declaration) !== undefined,
  );
  if (risks.length === 0) return null;
  const questionnaire = homework.questionnaires[log.questionnaire];
  const questions = questionnaire === undefined ? [] : questionsOf(readQuestionnaire(questionnaire));
  return [...new Set(risks.map(({ linkId }) => linkId))].map((linkId) => (
    <p key={linkId} className="risk-answer">
      <span className="curve-name">Safety</span> “
      {isolate(questions.find((question) => question.linkId === linkId)?.text ?? 'A question about safety')}”{' '}
      <strong dir="auto">{wordsIn(log, linkId)}</strong>
    </p>
  ));
}
