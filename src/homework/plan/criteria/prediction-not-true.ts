import type { HomeworkRules } from '../../homework-rules.ts';
import { readAnswer } from '../../log/read-answer.ts';
import type { UnlockCriterion } from '../unlock-rule.ts';
import type { ReadLog } from './reading-of.ts';

type PredictionNotTrue = Extract<UnlockCriterion, { type: 'prediction-not-true' }>;

/** Whether in so many logs what was feared did not happen, as each log's own version asks it. */
export function predictionNotTrue({ count }: PredictionNotTrue, logs: readonly ReadLog[], rules: HomeworkRules) {
  return logs.filter((log) => didNotHappen(log, rules)).length >= count;
}

function didNotHappen({ items, questionnaire }: ReadLog, rules: HomeworkRules): boolean {
  const told = rules.predictionTold?.(questionnaire);
  const answer = told === undefined ? undefined : readAnswer(items, told.linkId);
  if (told === undefined || answer === undefined) return false;
  const { notTrue } = told;
  switch (answer.type) {
    case 'boolean':
      return !answer.value && notTrue.includes(false);
    case 'coding':
      return notTrue.includes(answer.value.code);
    default:
      return false;
  }
}
