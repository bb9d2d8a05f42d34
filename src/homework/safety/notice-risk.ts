import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { AnswerItem, AnswerValue, Log, PlanState } from '../model.ts';
import { logById } from '../replace-in-state.ts';
import { riskAnswer, type SafetyDeclaration, type SafetyEvidence, type SafetyReporter } from './safety-signal.ts';

interface WrittenLog {
  readonly logId: string;
  readonly before: Log | undefined;
  /** linkIds of answers that were given anew, though they may say what they said; absent: none. */
  readonly anew?: readonly string[] | 'all';
}

/**
 * Notices the risk answers of a log that has just been written, whether it is finished or not, and whether they are
 * shared or not. From then on a safety signal is open, so nothing unlocks by this very log. What the log said before
 * (`before`; undefined: it is new) is not noticed again, unless the answer has changed or is given anew: a log that is saved on
 * says nothing by what it said already, but who sends it does, and who takes an answer back and gives it again.
 *
 * Call it before whatever follows from the log. Taking an answer back, amending or retracting a log takes no risk back.
 */
export function noticeRisk(
  state: PlanState,
  { logId, before, anew = [] }: WrittenLog,
  rules: HomeworkRules,
): PlanState {
  const log = logById(state, logId);
  const noticed = rules.safetyOf(log.questionnaire).flatMap((declaration) => {
    const answer = riskAnswer(log.items, declaration);
    if (answer === undefined) return [];
    const noticed = { rule: declaration.rule, evidence: evidenceOf(log, declaration, answer) };
    if (!sameAnswer(answer, before && riskAnswer(before.items, declaration))) return [noticed];
    return anew === 'all' || anew.includes(declaration.linkId) ? [{ ...noticed, again: true as const }] : [];
  });
  if (noticed.length === 0) return state;
  return {
    ...state,
    noticed: [...(state.noticed ?? []), ...noticed],
    // one of them may be open already; that one is open is all that matters until the record counts them
    openSafetySignals: state.openSafetySignals + noticed.length,
  };
}

function evidenceOf(log: Log, { linkId }: SafetyDeclaration, answer: AnswerValue): SafetyEvidence {
  const value = plainValue(answer);
  const shared = value !== undefined && !isWithheld(log.items, linkId, log.withheld);
  return {
    ...{
      at: log.authored,
      by: reporterOf(log),
      ...defined({ via: log.via }),
      planId: log.planId,
      logId: log.id,
      linkId,
    },
    ...(shared ? { value } : {}),
  };
}

function reporterOf({ source }: Log): SafetyReporter {
  return source.type === 'patient' ? { type: 'patient' } : { type: 'person', reference: source.reference };
}

function plainValue(answer: AnswerValue): boolean | number | string | undefined {
  switch (answer.type) {
    case 'boolean':
    case 'integer':
    case 'decimal':
      return answer.value;
    case 'coding':
      return answer.value.code;
    default:
      return undefined;
  }
}

/** Whether the item, or a group around it, is withheld. */
function isWithheld(items: readonly AnswerItem[], linkId: string, withheld: readonly string[]): boolean {
  if (withheld.includes(linkId)) return true;
  const has = (item: AnswerItem): boolean => item.linkId === linkId || item.items.some(has);
  return items.some((item) =>
    withheld.includes(item.linkId) ? item.items.some(has) : isWithheld(item.items, linkId, withheld),
  );
}

function sameAnswer(answerValue: AnswerValue, other: AnswerValue | undefined): boolean {
  return other !== undefined && other.type === answerValue.type && plainValue(answerValue) === plainValue(other);
}
