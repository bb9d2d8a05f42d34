import type { QuestionnaireResponse } from 'fhir/r4';
import { type ScoreDeclaration, scoreReads } from '../../homework/log/score.ts';
import type { FormItem, FormItems } from './extracted-form.ts';
import { isMeasureOf } from './measure-identity.ts';
import type { MeasuredItem } from './measured-answers.ts';
import { withheldIn } from './withheld-in.ts';

interface Hiding {
  readonly form: FormItems;
  readonly scores: readonly ScoreDeclaration[];
  readonly response: QuestionnaireResponse;
  readonly measured: readonly MeasuredItem[];
}

interface Around {
  readonly inHidden: boolean;
  /** What says when it was measured is not shared. */
  readonly atHiddenTime: boolean;
}

/**
 * Which measures, by identifier, tell of something that the patient does not share: an item that is masked or named as withheld, with all
 * that stands in it; a reading whose time is; one that has such an item as a component; a score that reads one. What was extracted of these before must not
 * stay readable.
 */
export function hiddenMeasures({ form, scores, response, measured }: Hiding): (identifier: string) => boolean {
  const named = withheldIn(response);
  const masked = measured.filter(({ isMasked }) => isMasked).map(({ form: { item } }) => item.linkId);
  if (named.length === 0 && masked.length === 0) return () => false;
  const hidden = new Set(masked);
  const tells = new Set<string>();
  const walk = (items: FormItems, parent: string | undefined, { inHidden, atHiddenTime }: Around): void => {
    for (const item of items.values()) {
      const { linkId } = item.item;
      const isHidden = inHidden || named.includes(linkId) || hidden.has(linkId);
      if (isHidden) hidden.add(linkId);
      const owner = ownerIn(item, parent);
      if ((isHidden || atHiddenTime) && owner !== undefined) tells.add(owner);
      const isTimeHidden = item.offset !== undefined && named.includes(item.offset.linkId);
      walk(item.below, owner, { inHidden: isHidden, atHiddenTime: atHiddenTime || isTimeHidden });
    }
  };
  walk(form, undefined, { inHidden: false, atHiddenTime: false });
  for (const score of scores) {
    if ([...scoreReads(score, scores)].some((linkId) => hidden.has(linkId))) tells.add(score.linkId);
  }
  const logId = response.id ?? '';
  return (identifier) => [...tells].some((linkId) => isMeasureOf(logId, linkId, identifier));
}

/** The item as whose Observation this one's answer stands. */
function ownerIn({ item, codes, relation }: FormItem, parent: string | undefined): string | undefined {
  if (codes.length === 0) return parent;
  return relation === 'component' && parent !== undefined ? parent : item.linkId;
}
