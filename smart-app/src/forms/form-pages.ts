import { timeOfLog } from './check-answers.ts';
import { type Answers, isEnabled } from './is-enabled.ts';
import { type Field, questionsOf } from './read-questionnaire.ts';
import { splitAtEvent } from './split-at-event.ts';

/** One page of a form that is too long for one. */
export interface FormPage {
  /** Of its group; else whether it is written before or after it happened. Absent: the form's only page. */
  readonly title?: string;
  /** Whose words the title is: the questionnaire's, or this app's. */
  readonly titleOf?: Field;
  /** It can be written before it happens. */
  readonly before?: true;
  readonly fields: readonly Field[];
}

/** As few questions as one looks through at a glance. */
const fewQuestions = 5;

/**
 * Cuts a form into pages where the questionnaire does: each of its groups begins one, and so does the event, where the form
 * can be written at two times. What stands between goes with the page before it, and what comes first with the first group.
 * A form with few questions, or one group, is one page. Pages of which nothing applies by the answers are left out.
 */
export function pagesOf(
  fields: readonly Field[],
  behaviourLinkId: string | undefined,
  answers: Answers,
): readonly FormPage[] {
  const whole: readonly FormPage[] = [{ fields }];
  if (questionsOf(fields).length <= fewQuestions) return whole;
  const { before, after } = splitAtEvent(fields, behaviourLinkId);
  const pages: readonly FormPage[] = [
    ...byGroup(before, 'Beforehand').map((page) => ({ ...page, before: true }) as const),
    ...byGroup(after, before.length > 0 ? 'Afterwards' : undefined),
  ].filter((page) => asks(page.fields, answers));
  if (pages.length < 2) return whole;
  return pages.map((page, index) => (page.title === undefined ? { ...page, title: `Part ${index + 1}` } : page));
}

/** The place of the page that holds a question, or the log's time; -1: none does. */
export function pageOf(pages: readonly FormPage[], linkId: string): number {
  if (linkId === timeOfLog) return 0;
  return pages.findIndex(({ fields }) => questionsOf(fields).some((question) => question.linkId === linkId));
}

function byGroup(fields: readonly Field[], otherwise: string | undefined): FormPage[] {
  const pages: { group?: Field; fields: Field[] }[] = [];
  for (const field of fields) {
    const group = field.type === 'group' ? field : undefined;
    const last = pages.at(-1);
    if (last === undefined || (group !== undefined && last.group !== undefined))
      pages.push({ ...(group === undefined ? {} : { group }), fields: [field] });
    else {
      last.fields.push(field);
      if (group !== undefined) last.group = group;
    }
  }
  return pages.map(({ group, fields: own }) => {
    if (group !== undefined && group.text !== '') return { title: group.text, titleOf: group, fields: own };
    return otherwise === undefined ? { fields: own } : { title: otherwise, fields: own };
  });
}

/** Whether there is a question on it that applies. */
function asks(fields: readonly Field[], answers: Answers): boolean {
  return fields.some(
    (field) =>
      isEnabled(field, answers) &&
      ((field.type !== 'group' && field.type !== 'display') || asks(field.fields, answers)),
  );
}
