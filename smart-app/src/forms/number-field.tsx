import { useState } from 'react';
import type { InputProps } from './input-props.ts';

const unitWords: Readonly<Record<string, string>> = { s: 'seconds', min: 'minutes', h: 'hours' };

/** A number typed in, with its unit; what can't be read as a number stays in the box as it was typed. */
export function NumberField({ field, id, value, describedBy, invalid, onChange }: InputProps) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  // `1.` and `1,0` are on the way to a number: the box shows them as typed for as long as they mean the answer
  const shown = typeof value === 'string' ? value : read(typed) === value ? typed : String(value ?? '');
  return (
    <div className="number">
      <input
        id={id}
        type="text"
        inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={shown}
        aria-describedby={describedBy}
        aria-invalid={invalid ? true : undefined}
        aria-required={field.required || undefined}
        dir="auto"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onChange(read(event.currentTarget.value));
        }}
      />
      {field.unit === undefined || field.units.length > 0 ? null : (
        <span className="unit" dir="auto">
          {unitWords[field.unit] ?? field.unit}
        </span>
      )}
    </div>
  );
}

function read(text: string): number | string | undefined {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : text;
}
