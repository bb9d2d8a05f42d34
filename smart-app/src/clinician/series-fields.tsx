import type { ReactNode } from 'react';
import { partsOfDay, type SeriesEnd, weekdays } from '../../../src/homework/schedule/schedule.ts';
import { shortNames } from '../../../src/homework/schedule/schedule-words.ts';
import type { ScheduleDraft } from '../plan/schedule-draft.ts';
import type { WrongInSchedule } from '../plan/wrong-in-schedule.ts';
import { describedBy, FieldNotes } from './field-notes.tsx';

interface SeriesFieldProps {
  readonly name: string;
  readonly draft: ScheduleDraft;
  readonly wrong: WrongInSchedule;
  readonly onChange: (to: Partial<ScheduleDraft>) => void;
}

/** Which days of the week. */
export function DaysOfWeek({ name, draft, wrong, onChange }: SeriesFieldProps) {
  return (
    <SomeOf
      {...{ name: `${name}-weekdays`, problem: wrong.weekdays }}
      legend="On which days"
      options={weekdays.map((day) => ({ code: day, words: shortNames[day] }))}
      chosen={draft.weekdays}
      onChange={(days) => onChange({ weekdays: days })}
    />
  );
}

const partWords = {
  morning: 'Morning',
  noon: 'Noon',
  afternoon: 'Afternoon',
  evening: 'Evening',
  night: 'Night',
} as const;

/** At which parts of a day: each of them is a time of its own. */
export function PartsOfDay({ name, draft, onChange }: SeriesFieldProps) {
  return (
    <SomeOf
      {...{ name: `${name}-parts`, problem: undefined }}
      legend="At which times of the day"
      help="None: once a day, at any time"
      options={partsOfDay.map((part) => ({ code: part, words: partWords[part] }))}
      chosen={draft.parts}
      onChange={(parts) => onChange({ parts })}
    />
  );
}

interface SomeOfProps<Code extends string> {
  readonly name: string;
  readonly legend: string;
  readonly help?: string;
  readonly problem: string | undefined;
  readonly options: readonly { readonly code: Code; readonly words: string }[];
  readonly chosen: readonly Code[];
  readonly onChange: (chosen: readonly Code[]) => void;
}

/** A row of buttons of which several can be on. */
function SomeOf<Code extends string>({ name, legend, help, problem, options, chosen, onChange }: SomeOfProps<Code>) {
  const notes = { id: name, help, problem };
  return (
    <fieldset className="some-of" aria-describedby={describedBy(notes)}>
      <legend>{legend}</legend>
      <div className="some-of-row">
        {options.map(({ code, words }) => (
          <label key={code} className="big-choice">
            <input
              type="checkbox"
              checked={chosen.includes(code)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...chosen, code] : chosen.filter((other) => other !== code))
              }
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      <FieldNotes {...notes} />
    </fieldset>
  );
}

const endWords: readonly (readonly [SeriesEnd['type'], string])[] = [
  ['on', 'A last day'],
  ['after', 'A number of times'],
  ['next-visit', 'The next visit'],
  ['open', 'No last day'],
];

/** Until when, with what that needs to be said of it. */
export function SeriesEndFields({
  name,
  draft,
  onChange,
  children,
}: SeriesFieldProps & { readonly children: ReactNode }) {
  return (
    <>
      <div>
        <label htmlFor={`${name}-ends`}>Goes on until</label>
        <select
          id={`${name}-ends`}
          value={draft.ends}
          onChange={({ currentTarget: { value } }) => {
            const chosen = endWords.find(([ends]) => ends === value);
            if (chosen !== undefined) onChange({ ends: chosen[0] });
          }}
        >
          {endWords.map(([ends, words]) => (
            <option key={ends} value={ends}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {children}
    </>
  );
}
