import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { RegisteredVersion } from '../../../src/kinds/kind-register.ts';
import { answersFor, itemsOf } from '../../kinds/answers-for.ts';
import { riskyAnswers } from './risky-answers.ts';

/** Stands in every text that a twin's patient keeps to themself, and in no other. */
export const marks = { first: 'Quokka', second: 'Numbat' } as const;
export type Twin = keyof typeof marks;

/** How much of a log is kept, and what is answered; the twins' logs differ in what is kept alone. */
export const tellings = [
  'everything',
  'what opens others',
  'every other question',
  'the questions between',
  'a risk answer',
] as const;
export type Telling = (typeof tellings)[number];

export interface Given {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
}

/** What a log of the form answers and keeps; several, where a kind has several risk answers. */
export function toldBy(
  telling: Telling,
  twin: Twin,
  { version, form }: { readonly version: RegisteredVersion; readonly form: Questionnaire },
): readonly Given[] {
  const { safety = [] } = version;
  const common = { safety, unconditional: telling === 'what opens others' };
  const shared = answersFor(form, common);
  const hidden = answersFor(form, {
    ...common,
    another: twin === 'second',
    words: (linkId) => `${marks[twin]} of ${linkId}`,
  });
  const keeping = (withheld: readonly string[]): Given => ({
    answers: Object.fromEntries(
      Object.entries(shared).map(([linkId, value]) => [linkId, withheld.includes(linkId) ? hidden[linkId] : value]),
    ),
    withheld,
  });
  const questions = Object.keys(shared);
  switch (telling) {
    case 'everything':
      return [{ answers: hidden, withheld: linkIdsOf(form.item ?? [], ['display']) }];
    case 'what opens others':
      if (itemsOf(form.item).every(({ enableWhen }) => enableWhen === undefined)) return [];
      // by the names of the questions, where the one above goes by groups
      return [{ answers: hidden, withheld: linkIdsOf(itemsOf(form.item), ['group', 'display']) }];
    case 'every other question':
      return [keeping(questions.filter((_linkId, index) => index % 2 === 0))];
    case 'the questions between':
      return [keeping(questions.filter((_linkId, index) => index % 2 === 1))];
    case 'a risk answer':
      return riskyAnswers(version, form).map(({ linkId, values }) => ({
        answers: { ...shared, [linkId]: twin === 'first' ? values[0] : values[1] },
        withheld: [linkId],
      }));
  }
}

const linkIdsOf = (items: readonly QuestionnaireItem[], without: readonly string[]): readonly string[] =>
  items.filter(({ type }) => !without.includes(type)).map(({ linkId }) => linkId);
