import type { Duration, Timing } from 'fhir/r4';
import type { LibrarySchedule } from '../../homework/plan/library-plan.ts';
import { codeIn, toConcept } from '../concept.ts';
import { expectCode, expectElement } from '../expect-element.ts';
import { foreignCodeSystems, ourCodeSystems } from '../systems.ts';

/** So many days, in UCUM. */
export function toDays(value: number): Duration {
  return { value, unit: value === 1 ? 'day' : 'days', system: foreignCodeSystems.ucum, code: 'd' };
}

/**
 * A library schedule as a Timing bounded by a duration; the named event of an event-driven one is the action's trigger.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Timing
 */
export function toLibraryTiming(schedule: LibrarySchedule): Timing {
  const text =
    schedule.type === 'event'
      ? schedule.text
      : `once, within ${schedule.days} ${schedule.days === 1 ? 'day' : 'days'} of unlocking`;
  return {
    repeat: { boundsDuration: toDays(schedule.days), count: schedule.type === 'event' ? schedule.count : 1 },
    code: toConcept(ourCodeSystems.scheduleType, schedule.type, text),
  };
}

/**
 * The schedule that a Timing and a trigger's event name carry.
 *
 * @throws IntersessionError `invalid-request` naming the element under `path`
 */
export function fromLibraryTiming(
  timing: Timing | undefined,
  event: string | undefined,
  path: string,
): LibrarySchedule {
  const code = codeIn(timing?.code, ourCodeSystems.scheduleType);
  const type = expectCode(code, ['event', 'once-within'], `${path}.timingTiming.code`);
  const days = expectElement(timing?.repeat?.boundsDuration?.value, `${path}.timingTiming.repeat.boundsDuration.value`);
  if (type === 'once-within') return { type, days };
  return {
    type,
    event: expectElement(event, `${path}.trigger.name`),
    count: expectElement(timing?.repeat?.count, `${path}.timingTiming.repeat.count`),
    text: expectElement(timing?.code?.text, `${path}.timingTiming.code.text`),
    days,
  };
}
