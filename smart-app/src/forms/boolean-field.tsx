import type { InputProps } from './input-props.ts';

const choices = [
  { value: true, words: 'Yes' },
  { value: false, words: 'No' },
] as const;

/** Yes or no as two large buttons, also by their first letter. */
export function BooleanField({ id, value, onChange }: InputProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons in it
    <div
      className="two-buttons"
      onKeyDown={({ key, ctrlKey, metaKey, altKey }) => {
        const choice = choices.find(({ words }) => words[0]?.toLowerCase() === key.toLowerCase());
        if (choice !== undefined && !ctrlKey && !metaKey && !altKey) onChange(choice.value);
      }}
    >
      {choices.map((choice) => (
        <label key={choice.words} className="big-choice">
          <input type="radio" name={id} checked={value === choice.value} onChange={() => onChange(choice.value)} />
          <span>{choice.words}</span>
        </label>
      ))}
    </div>
  );
}
