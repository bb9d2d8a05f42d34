interface LinesFieldProps {
  readonly id: string;
  readonly label: string;
  /** It says that it may stay empty. */
  readonly optional?: boolean;
  readonly help?: string | undefined;
  readonly rows: number;
  readonly maxLength: number;
  readonly value: string;
  /** What is wrong with it. */
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A box for several lines of a person's own words. */
export function LinesField({ id, label, optional = false, help, problem, onChange, ...box }: LinesFieldProps) {
  const describedBy = [
    ...(help === undefined ? [] : [`${id}-help`]),
    ...(problem === undefined ? [] : [`${id}-wrong`]),
  ];
  return (
    <>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="optional"> (if you like)</span> : null}
      </label>
      {help === undefined ? null : (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      <textarea
        {...box}
        id={id}
        dir="auto"
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={describedBy.length === 0 ? undefined : describedBy.join(' ')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {problem === undefined ? null : (
        <p className="problem" id={`${id}-wrong`}>
          {problem}
        </p>
      )}
    </>
  );
}
