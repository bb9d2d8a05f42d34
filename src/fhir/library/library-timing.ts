import type { Timing } from 'fhir/r4';
import type { LibrarySchedule } from '../../homework/plan/library-plan.ts';
import { codeIn, toConcept } from '../concept.ts';
import { expectCode, expectElement } from '../expect-element.ts';
import { ourCodeSystems } from '../systems.ts';
import { datelessEndIn, paceIn, scheduleTypes } from '../timing/from-timing.ts';
import { scheduleText } from '../timing/schedule-text.ts';
import { seriesTiming, toDays } from '../timing/to-timing.ts';

/**
 * A library schedule as a Timing bounded by a duration; the named event of an event-driven one is the action's trigger.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Timing
 */
export function toLibraryTiming(schedule: LibrarySchedule): Timing {
  const code = toConcept(ourCodeSystems.scheduleType, schedule.type, scheduleText(schedule));
  switch (schedule.type) {
    case 'event':
      return { repeat: { boundsDuration: toDays(schedule.days), count: schedule.count }, code };
    case 'once-within':
      return { repeat: { boundsDuration: toDays(schedule.days), count: 1 }, code };
    case 'series':
      return { ...seriesTiming(schedule), code };
    case 'at-visit':
      return { repeat: { count: 1 }, code };
    case 'sessions':
      return { repeat: { count: schedule.count }, code };
  }
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
  const at = `${path}.timingTiming`;
  const type = expectCode(
    codeIn(timing?.code, ourCodeSystems.scheduleType),
    // a date is of a patient's plan, and a library plan knows none
    scheduleTypes.filter((known) => known !== 'once'),
    `${at}.code`,
  );
  const repeat = timing?.repeat;
  const days = () => expectElement(repeat?.boundsDuration?.value, `${at}.repeat.boundsDuration.value`);
  const count = () => expectElement(repeat?.count, `${at}.repeat.count`);
  switch (type) {
    case 'event': {
      const within = days();
      return {
        type,
        event: expectElement(event, `${path}.trigger.name`),
        count: count(),
        text: expectElement(timing?.code?.text, `${at}.code.text`),
        days: within,
      };
    }
    case 'once-within':
      return { type, days: days() };
    case 'series':
      return { type, ...paceIn(timing ?? {}, at), ends: datelessEndIn(timing ?? {}) };
    case 'at-visit':
      return { type };
    case 'sessions':
      return { type, count: count() };
  }
}
