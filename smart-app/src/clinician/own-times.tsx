import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import { type StepEntries, timesFrom } from '../plan/tailoring.ts';
import { wrongInSchedule } from '../plan/wrong-in-schedule.ts';
import type { Place } from '../words/dates.ts';
import { ScheduleFields } from './schedule-fields.tsx';

interface OwnTimesProps {
  readonly step: LibraryStepView;
  readonly entries: StepEntries;
  /** First day of the plan. */
  readonly start: string;
  readonly place: Place;
  /** Whether what is wrong is told. */
  readonly told: boolean;
  readonly onChange: (entries: StepEntries) => void;
}

/** Any times for a step of a library plan, in place of the library's own. */
export function OwnTimes({ step, entries, start, place, told, onChange }: OwnTimesProps) {
  const days = { today: start, last: undefined };
  const draft = timesFrom(step, entries, start);
  return (
    <div className="step-fields">
      <ScheduleFields
        {...{ draft, place }}
        wrong={told ? wrongInSchedule(draft, days) : {}}
        today={start}
        locked
        onChange={(to) => onChange({ ...entries, times: { ...draft, ...to } })}
        onCount={(count) => onChange({ ...entries, times: { ...draft, count, text: '' } })}
      />
      {entries.times === undefined ? null : (
        <button
          type="button"
          className="plain small"
          onClick={() => {
            const { times: _own, ...rest } = entries;
            onChange(rest);
          }}
        >
          As the library has it<span className="hidden-words"> for step {step.key}</span>
        </button>
      )}
    </div>
  );
}
