import type { InputProps } from './input-props.ts';
import { valuesOf } from './is-enabled.ts';

/** One of several, or several of them; with room for one's own words where the questionnaire allows it. */
export function ChoiceField({ field, id, value, onChange }: InputProps) {
  const chosen = valuesOf(value).map((value) =>
    typeof value === 'object' && value !== null && 'code' in value ? value.code : value,
  );
  const own = chosen.find(
    (value) => typeof value === 'string' && !field.options.some((option) => option.value === value),
  );
  const choose = (option: string | number, on: boolean): void => {
    if (!field.repeats) onChange(option);
    else onChange(on ? [...chosen, option] : chosen.filter((value) => value !== option));
  };
  const write = (text: string): void => {
    const rest = field.repeats ? chosen.filter((value) => value !== own) : [];
    const next = text === '' ? rest : [...rest, text];
    onChange(field.repeats ? next : next[0]);
  };
  return (
    <div className="choices">
      {field.options.map((option) => (
        <label key={option.value} className="big-choice">
          <input
            type={field.repeats ? 'checkbox' : 'radio'}
            name={id}
            checked={chosen.includes(option.value)}
            onChange={(event) => choose(option.value, event.currentTarget.checked)}
          />
          <span dir="auto">{option.label}</span>
        </label>
      ))}
      {field.type === 'open-choice' ? (
        <label className="own-words">
          In your own words
          <input
            type="text"
            dir="auto"
            value={typeof own === 'string' ? own : ''}
            onChange={(event) => write(event.currentTarget.value)}
          />
        </label>
      ) : null}
    </div>
  );
}
