import { defined } from '../../../src/foundation/defined.ts';
import type { InputProps } from './input-props.ts';
import { NumberField } from './number-field.tsx';

/** An amount: a number in the question's own unit, in one of its units, or in a unit that is written beside it. */
export function QuantityField({ field, id, value, onChange, ...rest }: InputProps) {
  const { amount, unit } = partsOf(value);
  const send = (number: unknown, words: string): void => {
    if (number === undefined && words === '') onChange(undefined);
    else onChange(words === '' ? number : { ...defined({ value: number }), unit: words });
  };
  const fixed = field.unit !== undefined && field.units.length === 0;
  const unitId = `${id}-unit`;
  return (
    <div className="quantity">
      <NumberField
        {...rest}
        field={field}
        id={id}
        value={amount}
        onChange={(number) => send(number, fixed ? '' : unit)}
      />
      {fixed ? null : (
        <label htmlFor={unitId}>
          <span className="hidden-words">
            Unit: <bdi>{field.text}</bdi>
          </span>
          {field.units.length > 0 ? (
            <select id={unitId} value={unit} onChange={(event) => send(amount, event.currentTarget.value)}>
              {[field.unit ?? '', ...field.units.filter((unit) => unit !== field.unit)].map((unit) => (
                <option key={unit} value={unit} dir="auto">
                  {unit === '' ? 'unit' : unit}
                </option>
              ))}
            </select>
          ) : (
            <input
              id={unitId}
              type="text"
              dir="auto"
              placeholder="unit"
              autoComplete="off"
              value={unit}
              onChange={(event) => send(amount, event.currentTarget.value)}
            />
          )}
        </label>
      )}
    </div>
  );
}

/** A number alone, or an amount as the service gives it back. */
export function partsOf(value: unknown): { readonly amount: unknown; readonly unit: string } {
  if (typeof value !== 'object' || value === null) return { amount: value, unit: '' };
  const { value: amount, unit, code }: Readonly<Record<string, unknown>> = { ...value };
  const words = unit ?? code;
  return { amount, unit: typeof words === 'string' ? words : '' };
}
