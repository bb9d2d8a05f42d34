import { useId, useState } from 'react';
import { calendarDay } from '../../../src/homework/schedule/day-end.ts';
import { lazyPart } from '../parts/lazy-part.tsx';
import { daysBack, isChosenDate, type PeriodChoice, visitOf, visitsToChoose } from '../plan/period.ts';
import { visitChoice, visitWords } from '../words/period-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { usePeriod } from './period-context.tsx';

/** Fetched ahead by the view. */
export const sinceDate = lazyPart(async () => (await import('./since-date.tsx')).SinceDate);

/** Another time to be told of: since another visit, a date, some days back, or since the plan began. */
export function ChoosePeriod() {
  const { homework, plans, place } = useClinicianPages();
  const { choice, choose } = usePeriod();
  const id = useId();
  const [asksDate, setAsksDate] = useState(choice?.by === 'date');
  const [date, setDate] = useState(choice?.by === 'date' ? choice.date : '');
  const last = visitOf(undefined, homework);
  const others = visitsToChoose(homework).filter(({ start }) => start !== homework.lastVisit);
  const today = calendarDay(homework.now, place.timeZone);
  const choices = new Map<string, PeriodChoice | undefined>([
    ['last', undefined],
    ...others.map(({ start }) => [start, { by: 'visit', start }] as const),
    ...daysBack.map((days) => [`days-${days}`, { by: 'days', days }] as const),
    ['plan', { by: 'plan' }],
  ]);
  const chosen = asksDate ? 'date' : ([...choices].find(([, of]) => isSame(of, choice))?.[0] ?? 'date');
  return (
    <div className="choose-period no-print">
      <label htmlFor={id}>Time</label>
      <select
        id={id}
        value={chosen}
        onChange={({ target: { value } }) => {
          setAsksDate(value === 'date');
          if (value !== 'date') choose(choices.get(value));
          else if (isChosenDate(date) && date <= today) choose({ by: 'date', date });
        }}
      >
        <option value="last">
          {homework.lastVisit === undefined
            ? 'Since the last visit (none is known)'
            : `Since ${last === undefined ? 'the last visit' : visitWords(last, { now: homework.now, place })}`}
        </option>
        {others.length === 0 ? null : (
          <optgroup label="Since another visit">
            {others.map((visit) => (
              <option key={visit.start} value={visit.start}>
                {visitChoice(visit, homework.now, place)}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label="Other times">
          {daysBack.map((days) => (
            <option key={days} value={`days-${days}`}>
              The last {days} days
            </option>
          ))}
          <option value="plan">{plans.length > 1 ? 'Since the first plan began' : 'Since the plan began'}</option>
          <option value="date">Since a date …</option>
        </optgroup>
      </select>
      {chosen === 'date' ? (
        <sinceDate.Part
          {...{ date, today, place }}
          onChange={(value) => {
            setDate(value);
            if (isChosenDate(value) && value <= today) choose({ by: 'date', date: value });
          }}
        />
      ) : null}
    </div>
  );
}

function isSame(of: PeriodChoice | undefined, choice: PeriodChoice | undefined): boolean {
  return JSON.stringify(of) === JSON.stringify(choice);
}
