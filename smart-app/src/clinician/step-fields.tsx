import { useId } from 'react';
import { LinesField } from '../parts/lines-field.tsx';
import type { StepDraft } from './step-draft.ts';
import '../styles/change-step.css';

interface StepFieldsProps {
  readonly draft: StepDraft;
  readonly wrong: Readonly<Partial<Record<keyof StepDraft, string>>>;
  /** First day that can be chosen. */
  readonly today: string;
  /** Within days of its opening: of a step that is not open. */
  readonly locked: boolean;
  readonly onChange: (to: Partial<StepDraft>) => void;
  readonly onCount: (count: string) => void;
}

/** What a step says and when it is to be done, to be written. */
export function StepFields({ draft, wrong, today, locked, onChange, onCount }: StepFieldsProps) {
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
      <label htmlFor={`${name}-how`}>How often</label>
      <select
        id={`${name}-how`}
        value={draft.how}
        onChange={(event) => onChange({ how: event.currentTarget.value as StepDraft['how'] })}
      >
        <option value="once">Once, by a day</option>
        {locked || draft.how === 'once-within' ? (
          <option value="once-within">Once, within days of opening</option>
        ) : null}
        <option value="event">Several times, when something happens</option>
      </select>
      <div className="when-row">
        {draft.how === 'once' ? (
          <div>
            <label htmlFor={`${name}-by`}>By</label>
            <input
              {...box('by')}
              type="date"
              min={today}
              value={draft.by}
              onChange={(event) => onChange({ by: event.currentTarget.value })}
            />
            {wrongIn('by')}
          </div>
        ) : null}
        {draft.how === 'once-within' ? (
          <div>
            <label htmlFor={`${name}-days`}>Days</label>
            <input
              {...box('days')}
              type="number"
              min={1}
              max={366}
              value={draft.days}
              onChange={(event) => onChange({ days: event.currentTarget.value })}
            />
            {wrongIn('days')}
          </div>
        ) : null}
        {draft.how === 'event' ? (
          <>
            <div>
              <label htmlFor={`${name}-count`}>How many times</label>
              <input
                {...box('count')}
                type="number"
                min={1}
                max={100}
                value={draft.count}
                onChange={(event) => onCount(event.currentTarget.value)}
              />
              {wrongIn('count')}
            </div>
            <div>
              <label htmlFor={`${name}-event`}>Of what</label>
              <input
                {...box('event')}
                type="text"
                dir="auto"
                maxLength={200}
                placeholder="team meeting"
                value={draft.event}
                onChange={(event) => onChange({ event: event.currentTarget.value, text: '' })}
              />
              {wrongIn('event')}
            </div>
            <div>
              <label htmlFor={`${name}-start`}>From</label>
              <input
                {...box('start')}
                type="date"
                value={draft.start}
                onChange={(event) => onChange({ start: event.currentTarget.value })}
              />
              {wrongIn('start')}
            </div>
            <div>
              <label htmlFor={`${name}-end`}>Until</label>
              <input
                {...box('end')}
                type="date"
                min={today}
                value={draft.end}
                onChange={(event) => onChange({ end: event.currentTarget.value })}
              />
              {wrongIn('end')}
            </div>
          </>
        ) : null}
      </div>
    </div>
  );
}
