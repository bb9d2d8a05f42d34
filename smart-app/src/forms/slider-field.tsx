import type { InputProps } from './input-props.ts';

/**
 * A scale with words at its ends and its number always in view. Until it is touched it has no answer: the handle is
 * hollow, and a screen reader hears that too.
 */
export function SliderField({ field, id, value, describedBy, invalid, onChange }: InputProps) {
  const { min = 0, max = 100, step, unit } = field;
  const answered = typeof value === 'number';
  const middle = min + Math.round((max - min) / 2 / step) * step;
  const shown = answered ? value : middle;
  const ends = `${id}-ends`;
  const words = answered ? `${value}${unit === undefined ? '' : ` ${unit}`}` : 'not answered yet';
  const settle = (at: string): void => {
    if (!answered) onChange(Number(at));
  };
  return (
    <div className={`slider${answered ? '' : ' unanswered'}`}>
      <div className="slider-top">
        <output htmlFor={id} className="slider-number">
          {answered ? words : '–'}
        </output>
        {answered ? (
          <button type="button" className="plain small" onClick={() => onChange(undefined)}>
            Clear
            <span className="hidden-words">
              : <bdi>{field.text}</bdi>
            </span>
          </button>
        ) : (
          <span className="slider-hint">Slide or tap to answer</span>
        )}
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        aria-valuetext={words}
        aria-describedby={[describedBy, ends].filter((text) => text !== undefined).join(' ')}
        aria-invalid={invalid ? true : undefined}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
        // the handle may already stand where it is let go: then nothing changes, and yet it is an answer
        onPointerUp={(event) => settle(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            settle(event.currentTarget.value);
          }
        }}
      />
      <div className="slider-ends" id={ends}>
        <span dir="auto">{field.low ?? min}</span>
        <span dir="auto">{field.high ?? max}</span>
      </div>
    </div>
  );
}
