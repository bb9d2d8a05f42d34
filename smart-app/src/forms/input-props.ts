import type { Field } from './read-questionnaire.ts';

/** What every kind of input gets: the question, its answer, and the ids of the words that belong to it. */
export interface InputProps {
  readonly field: Field;
  readonly id: string;
  readonly value: unknown;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly onChange: (value: unknown) => void;
}
