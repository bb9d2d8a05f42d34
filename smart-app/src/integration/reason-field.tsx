interface ReasonFieldProps {
  /** Begins the ids of its parts: `merge` makes `merge-reason`. */
  readonly name: string;
  /** What it is kept with as evidence: `the attempts`. */
  readonly keptWith: string;
  readonly reason: string;
  /** It was tried without one. */
  readonly missing: boolean;
  onChange(reason: string): void;
}

/** Why somebody decides something about the connection: needed, and kept under their name. */
export function ReasonField({ name, keptWith, reason, missing, onChange }: ReasonFieldProps) {
  const id = `${name}-reason`;
  return (
    <>
      <label htmlFor={id}>Reason</label>
      <p className="help" id={`${id}-help`}>
        Kept with {keptWith} as evidence, under your name. Please write no patient’s name.
      </p>
      <textarea
        dir="auto"
        id={id}
        rows={3}
        maxLength={1000}
        value={reason}
        aria-invalid={missing ? true : undefined}
        aria-describedby={missing ? `${id}-help ${id}-missing` : `${id}-help`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {missing ? (
        <p className="problem" id={`${id}-missing`}>
          Please give a reason, so that the next person knows.
        </p>
      ) : null}
    </>
  );
}
