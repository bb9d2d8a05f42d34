import type { InputProps } from './input-props.ts';
import type { Field } from './read-questionnaire.ts';

/** As many steps as one taps at a glance; a longer scale is a slider. */
const mostSteps = 10;

/** Whether a rating has few enough steps for a button each. */
export function isScale({ slider, min, max, step }: Field): boolean {
  return slider && min !== undefined && max !== undefined && (max - min) / step <= mostSteps;
}

/** A short scale: a button for each number, with words at its ends. Nothing is chosen until somebody taps. */
export function ScaleField({ field, id, value, onChange }: InputProps) {
  const { min = 0, max = 10, step, unit } = field;
  const numbers = Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, place) => min + place * step);
  const last = numbers.length - 1;
  const words = (place: number): string =>
    [unit ?? '', place === 0 ? (field.low ?? '') : place === last ? (field.high ?? '') : ''].filter(Boolean).join(', ');
  return (
    <div className="scale">
      <div className="scale-row">
        {numbers.map((number, place) => (
          <label key={number} className="big-choice">
            <input type="radio" name={id} checked={value === number} onChange={() => onChange(number)} />
            <span>
              {number}
              {words(place) === '' ? null : <bdi className="hidden-words"> {words(place)}</bdi>}
            </span>
          </label>
        ))}
      </div>
      <div className="slider-ends" aria-hidden="true">
        <span dir="auto">{field.low}</span>
        <span dir="auto">{field.high}</span>
      </div>
      {typeof value === 'number' ? (
        <button type="button" className="plain small" onClick={() => onChange(undefined)}>
          Clear
          <span className="hidden-words">
            : <bdi>{field.text}</bdi>
          </span>
        </button>
      ) : null}
    </div>
  );
}
