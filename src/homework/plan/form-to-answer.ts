import type { Assignment, VersionedCanonical } from '../model.ts';
import { invalidRequest } from '../replace-in-state.ts';
import { formsAsked } from './own-form.ts';

/**
 * Which of a step's forms a log answers: the one that it names, where the step has ever asked for that, else the one that the step asks for
 * now. Who began before the form was changed has the other one before them.
 * @throws IntersessionError `invalid-request` when the step never asked for it
 */
export function formToAnswer(
  step: Pick<Assignment, 'questionnaire' | 'changes'>,
  named: VersionedCanonical | undefined,
): VersionedCanonical {
  if (named === undefined) return step.questionnaire;
  if (formsAsked(step).includes(named)) return named;
  throw invalidRequest('questionnaire', 'is none that this step asks for, or has asked for');
}
