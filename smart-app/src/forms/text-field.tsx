import type { InputProps } from './input-props.ts';

const pickers: Readonly<Partial<Record<InputProps['field']['type'], string>>> = {
  date: 'date',
  dateTime: 'datetime-local',
  time: 'time',
};

/** Words: a line or a box that grows with what is written; days and times by the browser's own picker. */
export function TextField({ field, id, value, describedBy, invalid, onChange }: InputProps) {
  const text = typeof value === 'string' ? value : '';
  const common = {
    id,
    value: text,
    'aria-describedby': describedBy,
    'aria-invalid': invalid ? true : undefined,
    dir: 'auto',
  } as const;
  if (field.type === 'text') {
    return (
      <textarea
        {...common}
        aria-required={field.required || undefined}
        rows={2}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const picker = pickers[field.type];
  return (
    <input
      {...common}
      {...(picker === undefined
        ? { type: 'text', 'aria-required': field.required || undefined }
        : { type: picker, required: field.required })}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
