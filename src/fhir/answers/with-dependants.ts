import type { Questionnaire } from 'fhir/r4';
import { dependantsOf } from './dependants-of.ts';

/**
 * These linkIds and those of what turns on them: who keeps the former to themself keeps the latter, which would tell of them. They are named
 * whether they were answered or not, so that the list tells nothing either.
 */
export function withDependants(
  questionnaire: Pick<Questionnaire, 'item'>,
  linkIds: readonly string[],
): readonly string[] {
  return [...new Set([...linkIds, ...dependantsOf(questionnaire, linkIds)])];
}
