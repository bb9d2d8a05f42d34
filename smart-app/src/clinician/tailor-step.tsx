import { useId } from 'react';
import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import type { Schedule, UnlockRule } from '../../../src/homework/model.ts';
import { countedWords } from '../../../src/homework/plan/counted-words.ts';
import { type TailoredStep, timesTailored } from '../../../src/homework/plan/tailored-step.ts';
import { addDays } from '../../../src/homework/schedule/day-end.ts';
import { unlockWords } from '../words/status-words.ts';

interface TailorStepProps {
  readonly step: LibraryStepView;
  readonly tailored: TailoredStep;
  /** What opens it, as it goes with the step before as that is tailored. */
  readonly unlock: UnlockRule;
  /** First day of the plan. */
  readonly start: string;
  /** Another step that stays is opened by this one. */
  readonly needed: boolean;
  readonly onChange: (tailored: TailoredStep) => void;
}

/** One step of a library plan, to be fitted in words and dates, or left out. */
export function TailorStep({ step, tailored, unlock, start, needed, onChange }: TailorStepProps) {
  const name = useId();
  const omitted = tailored.omit === true;
  const count = timesTailored(step, tailored);
  const words = countedWords(step, count);
  const text = (field: 'title' | 'instructions', value: string): void => {
    const { [field]: _before, ...rest } = tailored;
    onChange(value === words[field] || value.trim() === '' ? rest : { ...rest, [field]: value });
  };
  return (
    <li className={`card tailor${omitted ? ' omitted' : ''}`}>
      <div className="rung-head">
        <h3>
          Step {step.key}: {tailored.title ?? words.title}
        </h3>
        <label className="check">
          <input
            type="checkbox"
            checked={!omitted}
            disabled={needed && !omitted}
            aria-describedby={needed ? `${name}-needed` : undefined}
            onChange={(event) => {
              const { omit: _omit, ...rest } = tailored;
              onChange(event.currentTarget.checked ? rest : { ...rest, omit: true });
            }}
          />
          Use step {step.key}
        </label>
      </div>
      <p className="quiet" id={`${name}-needed`}>
        {unlockWords(unlock)}
        {needed ? ' · stays in: the next step opens after it' : ''}
      </p>
      {omitted ? null : (
        <>
          <When {...{ step, tailored, start, onChange, name }} />
          <details className="tailor-words">
            <summary>
              Fit the words<span className="hidden-words"> of step {step.key}</span>
            </summary>
            <label htmlFor={`${name}-title`}>Title</label>
            <input
              key={`title of ${count}`}
              id={`${name}-title`}
              type="text"
              maxLength={200}
              defaultValue={tailored.title ?? words.title}
              onChange={(event) => text('title', event.currentTarget.value)}
            />
            <label htmlFor={`${name}-instructions`}>What to do</label>
            <textarea
              key={`instructions of ${count}`}
              id={`${name}-instructions`}
              rows={4}
              maxLength={10_000}
              defaultValue={tailored.instructions ?? words.instructions}
              onChange={(event) => text('instructions', event.currentTarget.value)}
            />
          </details>
        </>
      )}
    </li>
  );
}

type WhenProps = Omit<TailorStepProps, 'needed' | 'unlock'> & { readonly name: string };

/** When a step is to be done: a number of events in a window, once by a day, or once within days of opening. */
function When({ step, tailored, start, onChange, name }: WhenProps) {
  const set = (schedule: Schedule | undefined): void => {
    const { schedule: _before, ...rest } = tailored;
    onChange(schedule === undefined ? rest : { ...rest, schedule });
  };
  const { schedule } = step;
  if (schedule.type === 'event') {
    const own = tailored.schedule?.type === 'event' ? tailored.schedule : undefined;
    const end = own?.window.end ?? addDays(start, schedule.days);
    const from = own?.window.start ?? start;
    const count = own?.count ?? schedule.count;
    const change = (to: { readonly count?: number; readonly start?: string; readonly end?: string }): void =>
      set({
        type: 'event',
        event: schedule.event,
        text: countedWords(step, to.count ?? count).text,
        count: to.count ?? count,
        window: { start: to.start ?? from, end: to.end ?? end },
      });
    return (
      <div className="when-row">
        <div>
          <label htmlFor={`${name}-count`}>How many {schedule.event}s</label>
          <input
            id={`${name}-count`}
            type="number"
            min={1}
            max={100}
            value={count}
            onChange={(event) => {
              const many = Number(event.currentTarget.value);
              if (Number.isInteger(many) && many >= 1 && many <= 100) change({ count: many });
            }}
          />
        </div>
        <div>
          <label htmlFor={`${name}-from`}>From</label>
          <input
            id={`${name}-from`}
            type="date"
            min={start}
            value={from}
            onChange={(event) => change({ start: event.currentTarget.value })}
          />
        </div>
        <div>
          <label htmlFor={`${name}-until`}>Until</label>
          <input
            id={`${name}-until`}
            type="date"
            min={from}
            value={end}
            onChange={(event) => change({ end: event.currentTarget.value })}
          />
        </div>
      </div>
    );
  }
  const by = tailored.schedule?.type === 'once' ? tailored.schedule.by : '';
  return (
    <div className="when-row">
      <div>
        <label htmlFor={`${name}-by`}>Once, by</label>
        <input
          id={`${name}-by`}
          type="date"
          min={start}
          value={by}
          aria-describedby={`${name}-by-help`}
          onChange={(event) =>
            set(event.currentTarget.value === '' ? undefined : { type: 'once', by: event.currentTarget.value })
          }
        />
        <p className="help" id={`${name}-by-help`}>
          {by === '' ? `Left empty: within ${schedule.days} days of opening` : ''}
        </p>
      </div>
    </div>
  );
}
