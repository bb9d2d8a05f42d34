import { useId } from 'react';
import { timesAWeek } from '../../../src/homework/schedule/schedule-words.ts';
import { type HowOften, type ScheduleDraft, scheduleIn } from '../plan/schedule-draft.ts';
import { scheduleWords } from '../plan/times.ts';
import { type WrongInSchedule, wrongInSchedule } from '../plan/wrong-in-schedule.ts';
import type { Place } from '../words/dates.ts';
import { DaysOfWeek, PartsOfDay, SeriesEndFields } from './series-fields.tsx';
import '../styles/schedule.css';
import { describedBy, FieldNotes } from './field-notes.tsx';

export interface ScheduleFieldsProps {
  readonly draft: ScheduleDraft;
  /** What is wrong, by field, once it was tried to send it. */
  readonly wrong: WrongInSchedule;
  /** First day that can be chosen. */
  readonly today: string;
  readonly place: Place;
  /** Within days of its opening: of a step that is not open. */
  readonly locked: boolean;
  readonly onChange: (to: Partial<ScheduleDraft>) => void;
  /** The number of times of an event: the step's words may go with it. */
  readonly onCount: (count: string) => void;
}

const choices: readonly { readonly group: string; readonly options: readonly (readonly [HowOften, string])[] }[] = [
  {
    group: 'Once',
    options: [
      ['once', 'Once, by a day'],
      ['once-within', 'Once, within days of opening'],
      ['at-visit', 'Once, at the next visit'],
    ],
  },
  {
    group: 'Again and again',
    options: [
      ['days', 'Every day, or every few days'],
      ['weekdays', 'On chosen days of the week'],
      ['per-week', 'Some times a week, on any days'],
    ],
  },
  {
    group: 'On occasion',
    options: [
      ['event', 'Several times, when something happens'],
      ['sessions', 'In sessions that you start'],
    ],
  },
];

/** How often a step is to be done, and until when; below it stands in words what that will be. */
export function ScheduleFields(props: ScheduleFieldsProps) {
  const { draft, locked, onChange } = props;
  const name = useId();
  return (
    <>
      <label htmlFor={`${name}-how`}>How often</label>
      <select
        id={`${name}-how`}
        value={draft.how}
        onChange={({ currentTarget: { value } }) => {
          const chosen = choices.flatMap(({ options }) => options).find(([how]) => how === value);
          if (chosen !== undefined) onChange({ how: chosen[0] });
        }}
      >
        {choices.map(({ group, options }) => (
          <optgroup key={group} label={group}>
            {options
              .filter(([how]) => how !== 'once-within' || locked || draft.how === how)
              .map(([how, words]) => (
                <option key={how} value={how}>
                  {words}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <FieldsOf {...props} name={name} />
      <InWords {...props} />
    </>
  );
}

function FieldsOf({ name, ...props }: ScheduleFieldsProps & { readonly name: string }) {
  const { draft, wrong, today, onChange, onCount } = props;
  const box = { name, draft, wrong, onChange };
  switch (draft.how) {
    case 'at-visit':
      return null;
    case 'once':
      return <Box {...box} field="by" label="By" type="date" min={today} />;
    case 'once-within':
      return <Box {...box} field="days" label="Days" type="number" max={366} />;
    case 'sessions':
      return <Box {...box} field="sessions" label="How many sessions" type="number" max={100} />;
    case 'event':
      return (
        <div className="when-row">
          <Box {...box} field="count" label="How many times" type="number" max={100} onText={onCount} />
          <Box
            {...box}
            field="event"
            label="Of what"
            type="text"
            placeholder="team meeting"
            onText={(event) => onChange({ event, text: '' })}
          />
          <Box {...box} field="start" label="From" type="date" />
          <Box {...box} field="end" label="Until" type="date" min={today} />
        </div>
      );
    default:
      return <SeriesFields {...props} name={name} />;
  }
}

function SeriesFields({ name, ...props }: ScheduleFieldsProps & { readonly name: string }) {
  const { draft, wrong, today, onChange } = props;
  const box = { name, draft, wrong, onChange };
  const made = scheduleIn(draft);
  const all = made.type === 'series' ? timesAWeek(made) : undefined;
  return (
    <>
      {draft.how === 'weekdays' ? <DaysOfWeek {...{ name, draft, wrong, onChange }} /> : null}
      {draft.how === 'per-week' ? null : <PartsOfDay {...{ name, draft, wrong, onChange }} />}
      <div className="when-row">
        {draft.how === 'days' ? (
          <Box {...box} field="every" label="Every how many days" help="1: every day" type="number" max={366} />
        ) : null}
        {draft.how === 'weekdays' ? (
          <Box {...box} field="everyWeeks" label="Every how many weeks" help="1: each week" type="number" max={52} />
        ) : null}
        {draft.how === 'per-week' ? (
          <Box {...box} field="perWeek" label="How many times a week" type="number" max={21} />
        ) : null}
        <Box
          {...box}
          field="enough"
          label="Good enough in a week"
          help={all === undefined ? 'Empty: nothing is said of it' : `Of ${all}. Empty: nothing is said of it`}
          type="number"
          max={all ?? 35}
        />
        <Box {...box} field="from" label="First day" help="Empty: when it opens" type="date" min={today} />
        <SeriesEndFields {...{ name, draft, wrong, onChange }}>
          {draft.ends === 'on' ? <Box {...box} field="endsOn" label="Last day" type="date" min={today} /> : null}
          {draft.ends === 'after' ? (
            <Box {...box} field="endsAfter" label="How many times in all" type="number" max={1000} />
          ) : null}
        </SeriesEndFields>
      </div>
    </>
  );
}

/** Fields that are one text in one box. */
type TextOf = {
  [Field in keyof ScheduleDraft]: ScheduleDraft[Field] extends string ? Field : never;
}[keyof ScheduleDraft];

interface BoxProps extends Pick<ScheduleFieldsProps, 'draft' | 'wrong' | 'onChange'> {
  readonly name: string;
  readonly field: TextOf;
  readonly label: string;
  readonly help?: string;
  readonly type: 'text' | 'number' | 'date';
  readonly min?: string;
  readonly max?: number;
  readonly placeholder?: string;
  readonly onText?: (text: string) => void;
}

function Box({ name, draft, wrong, onChange, field, label, help, type, min, max, placeholder, onText }: BoxProps) {
  const id = `${name}-${field}`;
  const problem = wrong[field];
  const notes = { id, help, problem };
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        {...(type === 'number' ? { min: 1, max } : { min })}
        {...(type === 'text' ? { dir: 'auto', maxLength: 200 } : {})}
        placeholder={placeholder}
        value={draft[field]}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={describedBy(notes)}
        onChange={({ currentTarget: { value } }) => (onText ?? ((text) => onChange({ [field]: text })))(value)}
      />
      <FieldNotes {...notes} />
    </div>
  );
}

/** What it will be, as everybody will read it; nothing while that can't be said. */
function InWords({ draft, place }: Pick<ScheduleFieldsProps, 'draft' | 'place'>) {
  const said = saidOf(draft, place);
  return (
    <p className="schedule-said" role="status">
      {said === undefined ? null : (
        <>
          <span className="quiet">In words:</span> {said}
        </>
      )}
    </p>
  );
}

function saidOf(draft: ScheduleDraft, place: Place): string | undefined {
  if (Object.keys(wrongInSchedule(draft, { today: '', last: undefined })).length > 0) return undefined;
  const words = scheduleWords(scheduleIn(draft), place);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
