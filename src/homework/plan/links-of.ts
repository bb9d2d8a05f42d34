import type { UnlockCriterion } from './unlock-rule.ts';

/** A field of a criterion, and the linkId of the item or score that it names there. */
export type NamedLink = readonly [field: string, linkId: string];

/** The items and scores that a criterion asks about; none of one that asks about a log as a whole. */
export function linksOf(criterion: UnlockCriterion): readonly NamedLink[] {
  switch (criterion.type) {
    case 'measure-reached':
    case 'measure-fell':
    case 'in-a-row':
    case 'mean-of-days':
      return [['linkId', criterion.linkId]];
    case 'fell-within-log':
      return [
        ['peak', criterion.peak],
        ['after', criterion.after],
      ];
    case 'quota-kept':
      return [
        ['planned', criterion.planned],
        ['actual', criterion.actual],
      ];
    case 'score-reached':
    case 'score-changed':
      return [['score', criterion.score]];
    case 'logs-done':
    case 'behaviour-done':
    case 'prediction-not-true':
    case 'clinician-approves':
      return [];
  }
}
