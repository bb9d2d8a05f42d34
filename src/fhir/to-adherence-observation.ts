import type { Observation, ObservationComponent } from 'fhir/r4';
import { notDoneOfLogged } from '../homework/log/told-not-done.ts';
import type { Adherence, Plan } from '../homework/model.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { toNarrative } from './narrative.ts';
import { ourProfiles } from './profiles.ts';
import { foreignCodeSystems, ourCodeSystems } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toQuantity } from './to-quantity.ts';
import { toOrganization } from './to-requester.ts';

/** The code of each count's component, in the order in which they are written. */
export const adherenceCounts = [
  ['expected', 'expected'],
  ['due', 'due'],
  ['on-time', 'onTime'],
  ['late', 'late'],
  ['missed', 'missed'],
  ['open', 'open'],
  ['excused', 'excused'],
  ['ad-hoc', 'adHoc'],
  ['extra', 'extra'],
] as const satisfies [string, keyof Adherence['counts']][];

/** What a count is called where some of what was logged was not done: the display of its code says done. */
const wordsOfLogged: Readonly<Record<string, string>> = {
  'on-time': 'Logged on time',
  late: 'Logged late',
  'on-time-share': 'Share logged on time',
};

/** Id (and identifier value) of an adherence Observation: that of its assignment or plan with `.adherence` behind. */
export function adherenceId({ assignmentId, planId }: Pick<Adherence, 'assignmentId' | 'planId'>): string {
  return `${assignmentId ?? planId}.adherence`;
}

/**
 * Adherence as an Observation: done, of what was due so far, in %; each count is a component. Computed by this service
 * (`device`) for the organisation (`performer`: a Device may not perform); never patient-supplied.
 * @see https://hl7.org/fhir/R4/observation.html
 */
export function toAdherenceObservation(adherence: Adherence, plan: Plan, context: MappingContext): Observation {
  const { timeZone } = plan;
  const { percent, counts, assignmentId } = adherence;
  const code = toConcept(ourCodeSystems.homework, 'homework-adherence');
  const focus =
    assignmentId === undefined ? toOwnReference('plan', adherence.planId) : toOwnReference('assignment', assignmentId);
  const notDone = context.notDone.counted.get(assignmentId ?? adherence.planId) ?? 0;
  const called = notDone === 0 ? 'done' : 'logged';
  const ofThem = notDone === 0 ? '' : `; ${notDoneOfLogged({ notDone, logged: counts.done })}`;
  const done = `${counts.done} ${called} (${counts.late} late), ${counts.missed} missed, ${counts.open} open`;
  const loggedAs = (component: string) => (notDone === 0 ? undefined : wordsOfLogged[component]);
  return {
    resourceType: 'Observation',
    id: adherenceId(adherence),
    meta: toMeta({ profile: ourProfiles.adherence, sensitivity: context.sensitivity }),
    text: toNarrative(`Homework ${called}, of what was planned`, [
      percent === undefined
        ? 'nothing was due yet'
        : `${counts.done} of ${counts.due} that were due so far (${percent} %)${ofThem}`,
      `${done}, of ${counts.expected}`,
    ]),
    identifier: [toIdentifier('adherence', adherenceId(adherence))],
    basedOn: [toOwnReference('plan', adherence.planId)],
    status: adherence.status,
    category: [toConcept(foreignCodeSystems.observationCategory, 'therapy')],
    code,
    subject: toPatientReference(adherence.patientId),
    focus: [focus],
    effectivePeriod: {
      start: toDateTime(adherence.from, timeZone),
      ...(adherence.to === undefined ? {} : { end: toDateTime(adherence.to, timeZone) }),
    },
    performer: [toOrganization(context)],
    device: {
      identifier: { system: 'https://intersession.dev/id/device', value: 'intersession' },
      display: 'Intersession',
    },
    ...toShare(percent),
    component: [
      ...adherenceCounts.map(
        ([component, count]): ObservationComponent => ({
          code: toConcept(ourCodeSystems.adherence, component, loggedAs(component)),
          valueInteger: counts[count],
        }),
      ),
      {
        code: toConcept(ourCodeSystems.adherence, 'on-time-share', loggedAs('on-time-share')),
        ...toShare(adherence.onTimePercent),
      },
    ],
  };
}

function toShare(percent: number | undefined): Pick<Observation, 'valueQuantity' | 'dataAbsentReason'> {
  if (percent !== undefined) return { valueQuantity: toQuantity(percent, '%') };
  return { dataAbsentReason: toConcept(foreignCodeSystems.dataAbsentReason, 'not-applicable') };
}
