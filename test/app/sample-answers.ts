import { type Field, questionsOf } from '../../smart-app/src/forms/read-questionnaire.ts';

/** An answer to every question, so that everything applies. */
export function sampleAnswers(fields: readonly Field[]): Record<string, unknown> {
  const questions = questionsOf(fields);
  // an option by which a later question applies, before the first one
  const opening = new Set(
    questions.flatMap(({ item }) =>
      (item.enableWhen ?? []).map(({ question, answerCoding }) => `${question} ${answerCoding?.code}`),
    ),
  );
  const sampleOf = (field: Field): unknown =>
    field.options.find(({ value }) => opening.has(`${field.linkId} ${value}`))?.value ?? sample(field);
  return Object.fromEntries(questions.map((field) => [field.linkId, sampleOf(field)]));
}

function sample({ type, min, options }: Field): unknown {
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'decimal') return (min ?? 0) + 1;
  if (type === 'quantity') return { value: (min ?? 0) + 1, unit: 'h' };
  if (type === 'time') return '22:30';
  if (type === 'date') return '2026-03-02';
  return options[0]?.value ?? 'a few words';
}
