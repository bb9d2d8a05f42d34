import type { Field } from './read-questionnaire.ts';

/**
 * The questions as somebody asks them who copies the answers from paper: numbers to type in place of scales to slide, what
 * may be typed in place of help, and without the words that speak to the patient.
 */
export function asOnPaper(fields: readonly Field[]): readonly Field[] {
  return fields
    .filter(({ type }) => type !== 'display')
    .map(({ help: _help, ...field }) => {
      const hint = hintFor(field);
      return {
        ...field,
        ...(hint === undefined ? {} : { help: hint }),
        slider: false,
        fields: asOnPaper(field.fields),
      };
    });
}

function hintFor({ type, min, max }: Pick<Field, 'type' | 'min' | 'max'>): string | undefined {
  if (type === 'boolean') return 'Y or N';
  if (type !== 'integer' && type !== 'decimal' && type !== 'quantity') return undefined;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `${min} or more`;
  return max === undefined ? undefined : `up to ${max}`;
}
