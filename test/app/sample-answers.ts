import { type Field, questionsOf } from '../../smart-app/src/forms/read-questionnaire.ts';

/** An answer to every question, so that everything applies. */
export function sampleAnswers(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(questionsOf(fields).map((field) => [field.linkId, sample(field)]));
}

function sample({ type, min, options }: Field): unknown {
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'decimal') return (min ?? 0) + 1;
  if (type === 'quantity') return { value: (min ?? 0) + 1, unit: 'h' };
  if (type === 'time') return '22:30';
  return options[0]?.value ?? 'a few words';
}
