import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { AnswerValue, Log, PlanState } from '../model.ts';
import { logById } from '../replace-in-state.ts';
import { isOld } from './is-old.ts';
import { isReadingWithheld } from './is-reading-withheld.ts';
import { type Risk, riskIn } from './risk-in.ts';
import { saferThresholds } from './safer-thresholds.ts';
import type { NoticedRisk, SafetyDeclaration, SafetyEvidence, SafetyReporter } from './safety-signal.ts';

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
 * says nothing by what it said already, nor by a lower number, but who sends it does, and who takes an answer back and gives it again.
 *
 * Call it before whatever follows from the log. Taking an answer back, amending or retracting a log takes no risk back.
 */
export function noticeRisk(
  state: PlanState,
  { logId, before, anew = [] }: WrittenLog,
  rules: HomeworkRules,
): PlanState {
  const log = logById(state, logId);
  const seen = { state, rules };
  const noticed = declaredOf(state, log, rules).flatMap((declaration): readonly NoticedRisk[] => {
    const found = riskIn(log, declaration, seen);
    if (found === undefined) return [];
    const evidence = evidenceOf(log, declaration, found, rules);
    // what was told too late to be urgent is listed together, whatever it is about
    const risk = { rule: isOld(log) ? 'old-answers' : declaration.rule, evidence };
    if (saysMore(found.answer, before && riskIn(before, declaration, seen)?.answer)) return [risk];
    return anew === 'all' || anew.includes(declaration.linkId) ? [{ ...risk, again: true }] : [];
  });
  if (noticed.length === 0) return state;
  return {
    ...state,
    noticed: [...(state.noticed ?? []), ...noticed],
    // one of them may be open already; that one is open is all that matters until the record counts them
    openSafetySignals: state.openSafetySignals + noticed.length,
  };
}

/** By the form that it answers, and by what of it holds now where that is safer. */
function declaredOf(
  { assignments }: Pick<PlanState, 'assignments'>,
  { questionnaire, assignmentId }: Log,
  rules: HomeworkRules,
): readonly SafetyDeclaration[] {
  const answered = rules.safetyOf(questionnaire);
  const asked = assignments.find(({ id }) => id === assignmentId)?.questionnaire;
  return asked === undefined || asked === questionnaire ? answered : saferThresholds(answered, rules.safetyOf(asked));
}

function evidenceOf(
  log: Log,
  { linkId }: SafetyDeclaration,
  { answer, since }: Risk,
  rules: HomeworkRules,
): SafetyEvidence {
  const value = plainValue(answer);
  // who is told that it rose to 8 knows of the log before that it was low
  const withheld = [log, ...(since === undefined ? [] : [since])].some((of) => isReadingWithheld(of, linkId, rules));
  return {
    ...{
      at: log.authored,
      by: reporterOf(log),
      ...defined({ via: log.via }),
      planId: log.planId,
      logId: log.id,
      linkId,
    },
    ...(value !== undefined && !withheld ? { value } : {}),
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
    case 'quantity':
      return answer.value.value;
    default:
      return undefined;
  }
}

/** Whether an answer says more than what the log said before: there was no risk in it, a lower number, or something else. */
function saysMore(answer: AnswerValue, other: AnswerValue | undefined): boolean {
  if (other === undefined || other.type !== answer.type) return true;
  const [value, was] = [plainValue(answer), plainValue(other)];
  // less than was said already says nothing new, and takes nothing back
  return typeof value === 'number' && typeof was === 'number' ? value > was : value !== was;
}
