import type { InputProps } from './input-props.ts';

const choices = [
  { value: true, words: 'Yes' },
  { value: false, words: 'No' },
] as const;

/** Yes or no as two large buttons. */
export function BooleanField({ field, id, value, onChange }: InputProps) {
  return (
    <div className="two-buttons">
      {choices.map((choice) => (
        <label key={choice.words} className="big-choice">
          <input type="radio" name={id} checked={value === choice.value} onChange={() => onChange(choice.value)} />
          <span>{choice.words}</span>
        </label>
      ))}
    </div>
  );
}
