import type { Period, Task, TaskInput, Timing } from 'fhir/r4';
import type { Schedule, ScheduleVersion } from '../homework/model.ts';
import { codeIn } from './concept.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension } from './find-extension.ts';
import { ourCodeSystems, ourExtensions } from './systems.ts';
import { findTaskInputs } from './task-input.ts';

const types = ['event', 'once', 'once-within'] as const satisfies Schedule['type'][];

/** The moments between which something holds; without an end: it holds still. */
interface Span {
  readonly from: string;
  readonly until?: string;
}

/**
 * The versions of an assignment's schedule, oldest first, whatever order the inputs stand in.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/datatypes.html#Timing
 */
export function fromScheduleInputs(task: Task): ScheduleVersion[] {
  const events = Map.groupBy(findTaskInputs(task, 'named-event'), (input) => keyOf(inForce(input)));
  return findTaskInputs(task, 'schedule')
    .map((input) => {
      const span = inForce(input);
      const timing = expectElement(input.valueTiming, 'Task.input(schedule).valueTiming');
      return { schedule: fromTiming(timing, () => events.get(keyOf(span))?.shift()?.valueString), ...span };
    })
    .sort(bySpan);
}

/** Earlier first; of those from one moment, as of a schedule that was changed twice then, the one that still holds comes last. */
export function bySpan(a: Span, b: Span): number {
  return keyOf(a).localeCompare(keyOf(b));
}

/** Its moments, so that spans compare as texts. */
const keyOf = ({ from, until = 'still' }: Span): string => `${from} ${until}`;

/** The moments between which a Period stands. */
export function fromPeriod(period: Period | undefined, path: string): Span {
  const from = toInstant(expectElement(period?.start, `${path}.start`));
  return { from, ...(period?.end !== undefined && { until: toInstant(period.end) }) };
}

function inForce(input: TaskInput) {
  return fromPeriod(findExtension(input, ourExtensions.scheduleInForce)?.valuePeriod, 'Task.input(schedule) in force');
}

function fromTiming({ code, repeat }: Timing, event: () => string | undefined): Schedule {
  const type = expectCode(codeIn(code, ourCodeSystems.scheduleType), types, 'Timing.code');
  const end = () => expectElement(repeat?.boundsPeriod?.end, 'Timing.repeat.boundsPeriod.end');
  switch (type) {
    case 'event':
      return {
        type,
        event: expectElement(event(), 'Task.input(named-event)'),
        count: expectElement(repeat?.count, 'Timing.repeat.count'),
        text: expectElement(code?.text, 'Timing.code.text'),
        window: { start: expectElement(repeat?.boundsPeriod?.start, 'Timing.repeat.boundsPeriod.start'), end: end() },
      };
    case 'once':
      return { type, by: end() };
    case 'once-within':
      return { type, days: expectElement(repeat?.boundsDuration?.value, 'Timing.repeat.boundsDuration.value') };
  }
}
