import { reaches } from './criteria/compare.ts';
import type { FormReadings, ReadingRange } from './form-readings.ts';
import { linksOf } from './links-of.ts';
import type { Issue } from './ruled-step.ts';
import type { Comparator, UnlockCriterion } from './unlock-rule.ts';

/** A field of a criterion and what is wrong with it. */
type Problem = readonly [field: string, problem: string];

/**
 * Why no answer to a form could ever meet a criterion (`docs/engines/unlocking.md`): what it names gives no number, or none that goes so far.
 * What whoever answers meets is not refused.
 * @param criterion one whose items and scores the form has
 */
export function reachIssues(criterion: UnlockCriterion, path: string, form: FormReadings): readonly Issue[] {
  const unread = unreadable(criterion, form);
  const found = unread.length > 0 ? unread : outOfReach(criterion, (linkId) => form.rangeOf(linkId) ?? {});
  return found.map(([field, problem]) => ({ path: `${path}.${field}`, problem: `${problem}: it would never open` }));
}

function unreadable(criterion: UnlockCriterion, form: FormReadings): readonly Problem[] {
  if (criterion.type === 'prediction-not-true')
    return form.asksPrediction ? [] : [['type', 'asks whether a prediction came true, which the form does not']];
  const wantsScore = criterion.type === 'score-reached' || criterion.type === 'score-changed';
  return linksOf(criterion).flatMap(([field, linkId]): readonly Problem[] => {
    if (wantsScore && !form.isScore(linkId)) return [[field, `names ${linkId}, which is an item and no score`]];
    return form.rangeOf(linkId) === undefined ? [[field, `names ${linkId}, whose answer is no number`]] : [];
  });
}

function outOfReach(criterion: UnlockCriterion, rangeOf: (linkId: string) => ReadingRange): readonly Problem[] {
  switch (criterion.type) {
    case 'measure-reached':
    case 'in-a-row':
    case 'mean-of-days':
      return beyond(criterion, criterion.linkId, rangeOf(criterion.linkId));
    case 'score-reached':
      return beyond(criterion, criterion.score, rangeOf(criterion.score));
    case 'measure-fell':
      return tooFar('by', criterion.by, rangeOf(criterion.linkId), rangeOf(criterion.linkId));
    case 'score-changed':
      return tooFar('by', criterion.by, rangeOf(criterion.score), rangeOf(criterion.score));
    case 'fell-within-log':
      return fallTooFar(criterion.fall, rangeOf(criterion.peak), rangeOf(criterion.after));
    case 'quota-kept':
      return shareOutOfReach(criterion, rangeOf(criterion.planned), rangeOf(criterion.actual));
    default:
      return [];
  }
}

/** The whole range lies on the wrong side of the value. */
function beyond(
  { comparator, value }: { readonly comparator: Comparator; readonly value: number },
  linkId: string,
  { least, most }: ReadingRange,
): readonly Problem[] {
  const [furthest, end] = comparator === '>=' ? [most, 'most'] : [least, 'least'];
  if (furthest === undefined || reaches(furthest, comparator, value)) return [];
  return [['value', `is ${comparator === '>=' ? 'above' : 'below'} ${furthest}, the ${end} that ${linkId} can be`]];
}

/** It can't come so far down (or up) from the one end to the other. */
function tooFar(field: string, by: number, { most }: ReadingRange, { least }: ReadingRange): readonly Problem[] {
  if (most === undefined || least === undefined || reaches(most - least, '>=', by)) return [];
  return [[field, `is more than the ${most - least} that lie between the most and the least that it can be`]];
}

function fallTooFar(
  fall: Extract<UnlockCriterion, { type: 'fell-within-log' }>['fall'],
  peak: ReadingRange,
  after: ReadingRange,
): readonly Problem[] {
  if ('by' in fall) return tooFar('fall.by', fall.by, peak, after);
  if (peak.most === undefined || after.least === undefined) return [];
  const lowest = (peak.most * fall.toPercent) / 100;
  if (peak.most > 0 && reaches(after.least, '<=', lowest)) return [];
  return [['fall.toPercent', `is less than what ${after.least}, the least that it can be, is of the peak`]];
}

/** Planned and done of a day are sums over its logs, so that a share is bounded only where each part of it is. */
function shareOutOfReach(
  { from, to }: Extract<UnlockCriterion, { type: 'quota-kept' }>,
  planned: ReadingRange,
  actual: ReadingRange,
): readonly Problem[] {
  if (planned.most !== undefined && planned.most <= 0) return [['planned', 'is never above 0']];
  const { least = 0 } = planned;
  if (actual.most !== undefined && least > 0 && !reaches(actual.most * 100, '>=', from * least))
    return [['from', `is more than ${actual.most}, the most that can be done, is of what is planned`]];
  if (actual.least !== undefined && planned.most !== undefined && !reaches(actual.least * 100, '<=', to * planned.most))
    return [['to', `is less than ${actual.least}, the least that can be done, is of what is planned`]];
  return [];
}
