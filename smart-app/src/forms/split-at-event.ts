import type { Field } from './read-questionnaire.ts';

export interface FormParts {
  /** Can be filled in before it happens. */
  readonly before: readonly Field[];
  readonly after: readonly Field[];
}

/**
 * Cuts a form where the event lies: at the question whether the behaviour was done, or at the group `during`.
 * A form without either is all in one part.
 */
export function splitAtEvent(fields: readonly Field[], behaviourLinkId: string | undefined): FormParts {
  const cut = fields.findIndex(
    ({ linkId, type }) => linkId === behaviourLinkId || (type === 'group' && linkId === 'during'),
  );
  return cut <= 0 ? { before: [], after: fields } : { before: fields.slice(0, cut), after: fields.slice(cut) };
}
