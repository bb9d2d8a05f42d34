import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { PredictionParts } from '../homework-rules.ts';
import type { Instant, Log } from '../model.ts';
import { readAnswer } from './read-answer.ts';

/**
 * The log with its predictions dated and locked. A prediction that is saved while no outcome is written gets the time at
 * which it came to stand as it is; from the first outcome on it stays so. What is written together with the outcome, or
 * after it, is dated by nothing and never passes for a prediction made beforehand.
 *
 * @param before the log as it stood; absent: it is new
 * @throws IntersessionError `prediction-locked` naming the linkIds, when an outcome was there and a prediction changes
 */
export function keepPrediction(
  before: Log | undefined,
  log: Log,
  parts: PredictionParts | undefined,
  at: Instant,
): Log {
  if (parts === undefined) return log;
  const { predicted: _given, ...rest } = log;
  const earlier = before?.predicted;
  if (before === undefined || earlier === undefined) return hasOutcome(log, parts) ? rest : dated(rest, parts, at);
  const same = (linkId: string): boolean => spelt(before, linkId) === spelt(log, linkId);
  const changed = earlier.linkIds.filter((linkId) => !same(linkId));
  if (hasOutcome(before, parts) && changed.length > 0) throw locked(log.id, changed);
  if (hasOutcome(log, parts)) {
    const linkIds = earlier.linkIds.filter(same);
    return linkIds.length === 0 ? rest : { ...rest, predicted: { at: earlier.at, linkIds } };
  }
  // one that was written beside an outcome has stood without it only since now
  const standing = changed.length === 0 && written(log, parts).length === earlier.linkIds.length;
  return dated(rest, parts, standing ? earlier.at : at);
}

/** Whether the log says anything of how it came out; one that was sent does, whatever it says. */
function hasOutcome(log: Log, { outcomes }: PredictionParts): boolean {
  return log.status !== 'in-progress' || outcomes.some((linkId) => readAnswer(log.items, linkId) !== undefined);
}

function dated(log: Log, parts: PredictionParts, at: Instant): Log {
  const linkIds = written(log, parts);
  return linkIds.length === 0 ? log : { ...log, predicted: { at, linkIds } };
}

function written({ items }: Log, { predictions }: PredictionParts): readonly string[] {
  return predictions.filter((linkId) => readAnswer(items, linkId) !== undefined);
}

const spelt = (log: Log, linkId: string): string => JSON.stringify(readAnswer(log.items, linkId) ?? null);

function locked(logId: string, linkIds: readonly string[]): IntersessionError {
  return new IntersessionError(
    'prediction-locked',
    { logId, linkIds },
    'A prediction stays as it was written before the outcome.',
  );
}
