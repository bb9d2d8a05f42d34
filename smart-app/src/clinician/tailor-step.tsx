import { useId } from 'react';
import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import type { LocalDate, UnlockRule } from '../../../src/homework/model.ts';
import { lazyPart } from '../parts/lazy-part.tsx';
import { PartMissing } from '../parts/part-missing.tsx';
import { Status } from '../parts/tone.tsx';
import { type ChoiceOf, noChoice, wrongInForm } from '../plan/form-choice.ts';
import {
  changedWords,
  type EntryProblem,
  type StepEntries,
  scheduleFrom,
  shownEntries,
  type TailoredField,
  timesFrom,
} from '../plan/tailoring.ts';
import { scheduleWords } from '../plan/times.ts';
import type { Place } from '../words/dates.ts';
import { unlockWords } from '../words/unlock-words.ts';
import { FormChoiceFields } from './form-choice-fields.tsx';

// most steps are assigned in the rhythm that the library has
const ownTimes = lazyPart(async () => (await import('./own-times.tsx')).OwnTimes, PartMissing);

interface TailorStepProps {
  readonly step: LibraryStepView;
  readonly entries: StepEntries;
  /** What of its form can be the plan's own. */
  readonly kind: ChoiceOf;
  /** What opens it, as it goes with the step before as that is tailored. */
  readonly unlock: UnlockRule;
  /** First day of the plan. */
  readonly start: LocalDate;
  readonly place: Place;
  /** Another step that stays is opened by this one. */
  readonly needed: boolean;
  readonly problems: readonly EntryProblem[];
  /** Whether the problems are told: not while somebody is still typing. */
  readonly told: boolean;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onChange: (entries: StepEntries) => void;
}

/** Where a field of a step stands in the page, so that the focus can be put there. */
export const entryId = (key: string, field: TailoredField | 'times' | 'form' | 'line'): string =>
  `tailor-${key}-${field}`;

/** One step of a library plan: a line that says what it is and what was changed, opened to fit it or to leave it out. */
export function TailorStep(props: TailorStepProps) {
  const { step, entries, kind, unlock, start, place, needed, told, open, onOpen, onChange } = props;
  const name = useId();
  const omitted = entries.omit === true;
  const shown = shownEntries(step, entries, start);
  const problems = told ? props.problems : [];
  // what is closed is not being typed in
  const needsLook = (told || !open) && props.problems.length > 0;
  const changed = changedWords(step, entries, start);
  return (
    <li className={`card tailor${omitted ? ' omitted' : ''}`}>
      <details open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
        <summary id={entryId(step.key, 'line')}>
          <h3 dir="auto">
            Step {step.key}: {shown.title}
          </h3>
          {omitted ? <Status tone="quiet">Left out</Status> : null}
          {needsLook ? <Status tone="care">Needs a look</Status> : null}
          {!omitted && changed.length > 0 ? <Status tone="open">Changed: {changed.join(', ')}</Status> : null}
          {omitted || open || props.problems.length > 0 ? null : (
            <span className="quiet tailor-brief">{scheduleWords(scheduleFrom(step, entries, start), place)}</span>
          )}
        </summary>
        <p className="quiet" id={`${name}-needed`}>
          {unlockWords(unlock, place)}
          {needed ? ' · stays in: the next step opens after it' : ''}
        </p>
        <label className="check">
          <input
            type="checkbox"
            checked={!omitted}
            disabled={needed && !omitted}
            aria-describedby={needed ? `${name}-needed` : undefined}
            onChange={(event) => {
              const { omit: _omit, ...rest } = entries;
              onChange(event.currentTarget.checked ? rest : { ...rest, omit: true });
            }}
          />
          Use step {step.key}
        </label>
        {omitted ? null : <Entries {...{ step, entries, kind, problems, shown, start, place, onChange }} />}
      </details>
    </li>
  );
}

interface EntriesProps
  extends Pick<TailorStepProps, 'step' | 'entries' | 'kind' | 'problems' | 'start' | 'place' | 'onChange'> {
  readonly shown: Readonly<Record<TailoredField, string>>;
}

function Entries({ step, entries, kind, problems, shown, start, place, onChange }: EntriesProps) {
  const { schedule } = step;
  // the library's own rhythm has fields of its own only where it is the usual one
  const isUsual = entries.times === undefined && (schedule.type === 'event' || schedule.type === 'once-within');
  const field = (named: TailoredField) => {
    const problem = problems.find((entry) => entry.field === named)?.problem;
    const id = entryId(step.key, named);
    return {
      problem,
      input: {
        id,
        value: shown[named],
        'aria-invalid': problem === undefined ? undefined : true,
        'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
        onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
          onChange({ ...entries, [named]: currentTarget.value }),
      } as const,
    };
  };
  const [count, from, until, by] = [field('count'), field('from'), field('until'), field('by')];
  const [title, instructions] = [field('title'), field('instructions')];
  return (
    <>
      {!isUsual ? (
        <div id={entryId(step.key, 'times')} tabIndex={-1}>
          <ownTimes.Part {...{ step, entries, start, place, onChange }} told={problems.length > 0} />
        </div>
      ) : schedule.type === 'event' ? (
        <div className="when-row">
          <div>
            <label htmlFor={count.input.id}>How many {schedule.event}s</label>
            <input type="number" inputMode="numeric" min={1} max={100} {...count.input} />
            <Problem of={count} />
          </div>
          <div>
            <label htmlFor={from.input.id}>From</label>
            <input type="date" min={start} {...from.input} />
            <Problem of={from} />
          </div>
          <div>
            <label htmlFor={until.input.id}>Until</label>
            <input type="date" min={shown.from} {...until.input} />
            <Problem of={until} />
          </div>
        </div>
      ) : (
        <div className="when-row">
          <div>
            <label htmlFor={by.input.id}>Once, by</label>
            <input type="date" min={start} {...by.input} />
            {shown.by === '' ? <p className="help">Left empty: within {schedule.days} days of opening</p> : null}
            <Problem of={by} />
          </div>
        </div>
      )}
      {isUsual ? (
        <button
          type="button"
          className="plain small"
          onClick={() => onChange({ ...entries, times: timesFrom(step, entries, start) })}
        >
          Another rhythm: every day, some times a week …<span className="hidden-words"> for step {step.key}</span>
        </button>
      ) : null}
      <label htmlFor={title.input.id}>Title</label>
      <input type="text" dir="auto" maxLength={200} {...title.input} />
      <Problem of={title} />
      <label htmlFor={instructions.input.id}>What to do</label>
      <textarea rows={4} dir="auto" maxLength={10_000} {...instructions.input} />
      <Problem of={instructions} />
      {kind.ownParts === undefined && kind.settings === undefined ? null : (
        <div id={entryId(step.key, 'form')} tabIndex={-1}>
          <FormChoiceFields
            kind={kind}
            draft={entries.form ?? noChoice}
            wrong={problems.some((entry) => entry.field === 'form') ? wrongInForm(kind, entries.form ?? noChoice) : {}}
            onChange={(form) => onChange({ ...entries, form })}
          />
        </div>
      )}
    </>
  );
}

interface Field {
  readonly problem: string | undefined;
  readonly input: { readonly id: string; readonly value: string };
}

function Problem({ of: { problem, input } }: { readonly of: Field }) {
  return problem === undefined ? null : (
    <p className="problem" id={`${input.id}-problem`}>
      {problem}
    </p>
  );
}
