import { useId } from 'react';
import { LinesField } from '../parts/lines-field.tsx';
import type { Place } from '../words/dates.ts';
import { ScheduleFields } from './schedule-fields.tsx';
import type { StepDraft } from './step-draft.ts';
import '../styles/change-step.css';

interface StepFieldsProps {
  readonly draft: StepDraft;
  readonly wrong: Readonly<Partial<Record<keyof StepDraft, string>>>;
  /** First day that can be chosen. */
  readonly today: string;
  readonly place: Place;
  /** Within days of its opening: of a step that is not open. */
  readonly locked: boolean;
  readonly onChange: (to: Partial<StepDraft>) => void;
  readonly onCount: (count: string) => void;
}

/** What a step says and when it is to be done, to be written. */
export function StepFields({ draft, wrong, today, place, locked, onChange, onCount }: StepFieldsProps) {
  const name = useId();
  const box = (field: keyof StepDraft) => ({
    id: `${name}-${field}`,
    'aria-invalid': wrong[field] === undefined ? undefined : (true as const),
    'aria-describedby': wrong[field] === undefined ? undefined : `${name}-${field}-wrong`,
  });
  const wrongIn = (field: keyof StepDraft) =>
    wrong[field] === undefined ? null : (
      <p className="problem" id={`${name}-${field}-wrong`}>
        {wrong[field]}
      </p>
    );
  return (
    <div className="step-fields">
      <label htmlFor={`${name}-title`}>Title</label>
      <input
        {...box('title')}
        type="text"
        dir="auto"
        maxLength={200}
        value={draft.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      {wrongIn('title')}
      <LinesField
        id={`${name}-instructions`}
        label="What to do"
        rows={4}
        maxLength={10_000}
        value={draft.instructions}
        problem={wrong.instructions}
        onChange={(instructions) => onChange({ instructions })}
      />
      <details>
        <summary>Why it is done</summary>
        <LinesField
          id={`${name}-rationale`}
          label="What the patient reads as the reason"
          rows={3}
          maxLength={10_000}
          value={draft.rationale}
          problem={wrong.rationale}
          onChange={(rationale) => onChange({ rationale })}
        />
      </details>
      <ScheduleFields {...{ draft, wrong, today, place, locked, onChange, onCount }} />
    </div>
  );
}
