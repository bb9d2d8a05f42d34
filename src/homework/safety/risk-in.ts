import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import { isFinished } from '../log/log.ts';
import { readAnswer } from '../log/read-answer.ts';
import type { AnswerValue, Log, PlanState } from '../model.ts';
import { reaches } from '../plan/criteria/compare.ts';
import { readingOf } from '../plan/criteria/reading-of.ts';
import { riskAnswer, type SafetyDeclaration } from './safety-signal.ts';

/** What a risk is read by besides the log itself. */
export interface RiskSeen {
  readonly state: Pick<PlanState, 'assignments' | 'logs'>;
  readonly rules: HomeworkRules;
}

/** What of a log is a risk. */
export interface Risk {
  /** The answer, or the calculated score. */
  readonly answer: AnswerValue;
  /** Of a rise: the log since which it rose. */
  readonly since?: Log;
}

/**
 * What of a log is a risk by this declaration; undefined: nothing is. A rise is one since the log before of the same kind, of whichever
 * of its forms and versions, that has a reading.
 */
export function riskIn(log: Log, declaration: SafetyDeclaration, { state, rules }: RiskSeen): Risk | undefined {
  const { linkId, test } = declaration;
  const value = readingOf(log, linkId, rules);
  const score: AnswerValue | undefined = value === undefined ? undefined : { type: 'decimal', value };
  if (test.type === 'rise') {
    const since = logBefore(log, linkId, { state, rules });
    const before = since && readingOf(since, linkId, rules);
    const answer = readAnswer(log.items, linkId) ?? score;
    const isRisen = value !== undefined && before !== undefined && reaches(value - before, '>=', test.by);
    return isRisen && answer !== undefined ? { answer, ...defined({ since }) } : undefined;
  }
  const items = isScore(log, linkId, rules)
    ? [{ linkId, answers: score === undefined ? [] : [score], items: [] }]
    : log.items;
  const answer = riskAnswer(items, declaration);
  return answer && { answer };
}

/** Whether a linkId is that of a calculated score. */
function isScore({ questionnaire }: Pick<Log, 'questionnaire'>, linkId: string, rules: HomeworkRules): boolean {
  return rules.scoresOf?.(questionnaire).some((score) => score.linkId === linkId) ?? false;
}

function logBefore(log: Log, linkId: string, { state, rules }: RiskSeen): Log | undefined {
  const kinds = new Map(state.assignments.map(({ id, kind }) => [id, kind]));
  const known = state.logs.findIndex(({ id }) => id === log.id);
  return state.logs
    .filter(
      (other, index) =>
        other.id !== log.id &&
        isFinished(other) &&
        // by the kind, for forms of a plan's own have urls of their own
        kinds.get(other.assignmentId) === kinds.get(log.assignmentId) &&
        (other.performedAt < log.performedAt || (other.performedAt === log.performedAt && index < known)),
    )
    .toSorted((a, b) => a.performedAt.localeCompare(b.performedAt))
    .findLast((other) => readingOf(other, linkId, rules) !== undefined);
}
