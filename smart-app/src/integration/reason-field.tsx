import { LinesField } from '../parts/lines-field.tsx';

interface ReasonFieldProps {
  /** Begins the ids of its parts: `merge` makes `merge-reason`. */
  readonly name: string;
  /** What it is kept with as evidence: `the attempts`. */
  readonly keptWith: string;
  readonly reason: string;
  /** It was tried without one. */
  readonly missing: boolean;
  readonly onChange: (reason: string) => void;
}

/** Why somebody decides something about the connection: needed, and kept under their name. */
export function ReasonField({ name, keptWith, reason, missing, onChange }: ReasonFieldProps) {
  return (
    <LinesField
      id={`${name}-reason`}
      label="Reason"
      help={`Kept with ${keptWith} as evidence, under your name. Please write no patient’s name.`}
      rows={3}
      maxLength={1000}
      value={reason}
      problem={missing ? 'Please give a reason, so that the next person knows.' : undefined}
      onChange={onChange}
    />
  );
}
