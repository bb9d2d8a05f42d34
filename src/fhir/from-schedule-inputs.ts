import type { Period, Task, TaskInput, Timing } from 'fhir/r4';
import type { Schedule, ScheduleVersion } from '../homework/model.ts';
import { dayOf, isTimeZone } from '../homework/schedule/day-end.ts';
import { codeIn } from './concept.ts';
import { toInstant } from './date-time.ts';
import { expectElement } from './expect-element.ts';
import { findExtension } from './find-extension.ts';
import { ourCodeSystems, ourExtensions, timeZoneExtension } from './systems.ts';
import { findTaskInputs } from './task-input.ts';
import { fromForeignTiming } from './timing/from-foreign-timing.ts';
import { fromTiming } from './timing/from-timing.ts';

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
      return { schedule: read(timing, span.from, () => events.get(keyOf(span))?.shift()?.valueString), ...span };
    })
    .sort(bySpan);
}

/** A Timing of ours as it was written; one without our code as anybody's, whose days are counted from when it was in force. */
function read(timing: Timing, from: string, event: () => string | undefined): Schedule {
  if (codeIn(timing.code, ourCodeSystems.scheduleType) !== undefined) return fromTiming(timing, event);
  const { _start, _end } = timing.repeat?.boundsPeriod ?? {};
  const zone = findExtension(_start, timeZoneExtension) ?? findExtension(_end, timeZoneExtension);
  const timeZone = zone?.valueCode !== undefined && isTimeZone(zone.valueCode) ? zone.valueCode : 'UTC';
  return fromForeignTiming(timing, { path: 'Timing', timeZone, start: dayOf(from, timeZone) });
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
