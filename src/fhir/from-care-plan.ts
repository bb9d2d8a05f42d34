import type { CarePlan, Extension, Goal } from 'fhir/r4';
import { type DaysOff, type Plan, planStatuses } from '../homework/plan/plan.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension, findExtensions } from './find-extension.ts';
import { fromGoal } from './from-goal.ts';
import {
  fromEhrReference,
  fromEhrReferences,
  fromIdentifiers,
  fromOwnReference,
  fromPatientReference,
} from './identity.ts';
import { ourExtensions, timeZoneExtension } from './systems.ts';

/**
 * The plan that a CarePlan of ours carries, with those of `goals` that it names, in the order in which it names them.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/careplan.html
 */
export function fromCarePlan(carePlan: CarePlan, goals: readonly Goal[]): Plan {
  const { description, encounter, author } = carePlan;
  const timeZone = findExtension(carePlan.period?._start, timeZoneExtension)?.valueCode;
  const closed = findExtension(carePlan, ourExtensions.planClosed);
  const closeReason = findExtension(closed, 'reason')?.valueString;
  const closedAt = findExtension(closed, 'at')?.valueDateTime;
  const libraryPlan = carePlan.instantiatesCanonical?.[0];
  const encounterReference = fromEhrReference(encounter);
  const authorReference = fromEhrReference(author);
  const end = carePlan.period?.end;
  const daysOff = findExtensions(carePlan, ourExtensions.daysOff)
    .map(fromDaysOff)
    .toSorted((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`));
  return {
    id: fromIdentifiers(carePlan.identifier, 'plan'),
    patientId: fromPatientReference(carePlan.subject, 'CarePlan.subject'),
    ...(encounterReference !== undefined && { encounter: encounterReference }),
    title: expectElement(carePlan.title, 'CarePlan.title'),
    ...(description !== undefined && { description }),
    status: expectCode(carePlan.status, planStatuses, 'CarePlan.status'),
    timeZone: expectElement(timeZone, 'CarePlan.period.start.extension(timezone)'),
    language: expectElement(carePlan.language, 'CarePlan.language'),
    period: {
      start: expectElement(carePlan.period?.start, 'CarePlan.period.start'),
      ...(end !== undefined && { end }),
    },
    ...(authorReference !== undefined && { author: authorReference }),
    createdAt: toInstant(expectElement(carePlan.created, 'CarePlan.created')),
    addresses: fromEhrReferences(carePlan.addresses),
    goals: namedGoals(carePlan, goals),
    ...(libraryPlan !== undefined && { libraryPlan }),
    ...(daysOff.length > 0 && { daysOff }),
    ...(closeReason !== undefined && { closeReason }),
    ...(closedAt !== undefined && { closedAt: toInstant(closedAt) }),
  };
}

function fromDaysOff(off: Extension): DaysOff {
  const period = findExtension(off, 'period')?.valuePeriod;
  const reason = findExtension(off, 'reason')?.valueString;
  return {
    from: expectElement(period?.start, 'CarePlan.extension(days-off).period.start'),
    to: expectElement(period?.end, 'CarePlan.extension(days-off).period.end'),
    ...(reason !== undefined && { reason }),
  };
}

function namedGoals(carePlan: CarePlan, goals: readonly Goal[]): Plan['goals'] {
  const byId = new Map(goals.map((goal) => [fromIdentifiers(goal.identifier, 'goal'), goal]));
  return (carePlan.goal ?? []).flatMap((reference) => {
    const id = fromOwnReference(reference, 'goal');
    const goal = id === undefined ? undefined : byId.get(id);
    return goal === undefined ? [] : [fromGoal(goal)];
  });
}
