import { Notice } from './tone.tsx';

/** Why something was not done, said at once to who cannot see it; nothing when there is no reason. */
export function ProblemNotice({ problem }: { readonly problem: string | undefined }) {
  return problem === undefined ? null : (
    <Notice tone="care" live="alert">
      <p>{problem}</p>
    </Notice>
  );
}

interface FormEndProps {
  readonly problem: string | undefined;
  readonly finishWords: string;
  readonly disabled: boolean;
  readonly onCancel: () => void;
}

/** How a form ends: why it was not done, and the two ways out of it. */
export function FormEnd({ problem, finishWords, disabled, onCancel }: FormEndProps) {
  return (
    <>
      <ProblemNotice problem={problem} />
      <div className="buttons">
        <button type="submit" className="primary" disabled={disabled}>
          {finishWords}
        </button>
        <button type="button" className="plain" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </>
  );
}
