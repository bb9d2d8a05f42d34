interface FieldNotesProps {
  /** Of the field: that of each note begins with it. */
  readonly id: string;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
}

/** What stands below a field: how it is meant, and what is wrong with it. */
export function FieldNotes({ id, help, problem }: FieldNotesProps) {
  return (
    <>
      {help === undefined ? null : (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem === undefined ? null : (
        <p className="problem" id={`${id}-wrong`}>
          {problem}
        </p>
      )}
    </>
  );
}

/** Ids of the notes that describe a field, for its `aria-describedby`; undefined where it has none. */
export function describedBy({ id, help, problem }: FieldNotesProps): string | undefined {
  const notes = [...(help === undefined ? [] : [`${id}-help`]), ...(problem === undefined ? [] : [`${id}-wrong`])];
  return notes.length === 0 ? undefined : notes.join(' ');
}
