import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import type { Instant } from '../../../src/homework/model.ts';
import { calendarDay } from '../../../src/homework/schedule/day-end.ts';
import { finishedLogs } from '../plan/steps.ts';
import { belongsWords, whereALogBelongs } from '../plan/where-a-log-belongs.ts';
import { type Place, writeTime } from '../words/dates.ts';
import type { PaperTime, ReadTime } from './paper-time.ts';

export const dayId = 'paper-day';
export const timeId = 'paper-time';

interface PaperWhenProps {
  readonly view: PlanView;
  readonly step: StepView;
  readonly place: Place;
  readonly now: Instant;
  readonly when: PaperTime;
  readonly read: ReadTime;
  /** What is wrong, where somebody has tried to save it so. */
  readonly problem: { readonly field: 'day' | 'time'; readonly problem: string } | undefined;
  readonly onChange: (when: Partial<PaperTime>) => void;
}

/** The day and time that stand on the paper, and which of the step's times that is. */
export function PaperWhen({ view, step, place, now, when, read, problem, onChange }: PaperWhenProps) {
  const wrong = (field: 'day' | 'time', id: string) => ({
    'aria-invalid': problem?.field === field || undefined,
    'aria-describedby': problem?.field === field ? `${id}-problem` : 'paper-when',
  });
  return (
    <fieldset className="question paper-when">
      <legend>When does the paper say it was?</legend>
      <label htmlFor={dayId}>
        Day <span className="needed">needed</span>
      </label>
      <input
        id={dayId}
        type="date"
        required
        max={calendarDay(now, place.timeZone)}
        value={when.day}
        {...wrong('day', dayId)}
        onChange={(event) => onChange({ day: event.currentTarget.value })}
      />
      <label htmlFor={timeId}>
        Time <span className="optional">(if it is there)</span>
      </label>
      <input
        id={timeId}
        type="time"
        value={when.time}
        {...wrong('time', timeId)}
        onChange={(event) => onChange({ time: event.currentTarget.value })}
      />
      {problem === undefined ? null : (
        <p className="problem" id={`${problem.field === 'day' ? dayId : timeId}-problem`}>
          {problem.problem}
        </p>
      )}
      <p className="help" id="paper-when" role="status">
        {'at' in read
          ? `${writeTime(read.at, place)}: ${belongsWords(whereALogBelongs(view, step, read.at, now), step)}.`
          : null}
        {'at' in read && isThere(view, step, when.day, place) ? ' A log of this day is there already.' : null}
      </p>
    </fieldset>
  );
}

function isThere(view: PlanView, { id }: StepView, day: string, { timeZone }: Place): boolean {
  return finishedLogs(view, id).some(({ performedAt }) => calendarDay(performedAt, timeZone) === day);
}
