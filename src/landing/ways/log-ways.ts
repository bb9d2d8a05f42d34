import { listWords } from '../../foundation/list-words.ts';
import type { LandingRow, Way } from '../landing-row.ts';
import { permission } from '../permission.ts';
import { wayOf } from '../way-of.ts';
import type { LandingFacts } from '../write-need.ts';
import { toldInReport } from './told-in-report.ts';

/** A log: a QuestionnaireResponse, beside its plan where the plan lands natively, else alone. */
export function logWays(facts: LandingFacts, report: LandingRow, planIsNative: boolean): Way[] {
  const may = permission(facts);
  const create = may({ type: 'QuestionnaireResponse', interactions: ['create'] });
  const update = may({ type: 'QuestionnaireResponse', interactions: ['create', 'update'] });
  const amended = update.identity === 'none' ? ` An amended log cannot follow it: ${update.missing}.` : '';
  const way = (landing: 'native' | 'questionnaire-response', says: string): Way => {
    const made = wayOf(landing, create, { facts, type: 'QuestionnaireResponse', says });
    if (!made.open) return made;
    if (update.identity !== 'none') return { ...made, writes: update.writes };
    const remedy =
      update.offers.length === 0 ? update.remedy : `The EHR would have to offer ${listWords(update.offers)}.`;
    const toImprove = [made.toImprove, remedy].filter((text) => text !== null).join(' ');
    return { ...made, says: `${made.says}${amended}`, toImprove };
  };
  const beside = way('native', 'QuestionnaireResponse can be created here and points to its plan');
  const alone = way(
    'questionnaire-response',
    'QuestionnaireResponse can be created here, without its plan, which has no place of its own here',
  );
  return [...(planIsNative ? [beside] : []), alone, ...toldInReport(report)];
}
