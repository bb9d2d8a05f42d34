import { type ReadPlan, readPlans } from '../../record/store/read-plans.ts';
import { rolesThatSee, seesOfOpenPatient } from '../access/role-sees.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
import type { KnownNames } from './known-names.ts';
import { openPatientOf } from './open-record-of.ts';
import { readerOf } from './plan-for-reader.ts';
import { showSafety } from './safety-routes.ts';

/** As many as two searches at the EHR name; the newest come first. */
const mostPeople = 100;

/**
 * `GET /people`: the names of the clinicians who did something with the open patient's plans, or wrote a message in them, for staff who see it. The record
 * holds no names: they are read with the token of whoever looks, and whom it may not read is left out.
 */
export function peopleRoutes(known: KnownNames): readonly AppRoute[] {
  return [
    defineAppRoute({
      method: 'get',
      path: '/people',
      // a patient is told of "your clinician", and not which one decided what
      roles: rolesThatSee('homework').filter((role) => role !== 'patient'),
      writes: false,
      async handle(call) {
        const { record, tenant, session } = call;
        const views = await readPlans(record, tenant.id, { patientId: openPatientOf(call), reader: readerOf(call) });
        const others = [...peopleIn(views), ...(await closersOf(call))].filter(
          (reference) => reference !== session.userReference,
        );
        const names = await known.of(session, [...new Set(others)].slice(0, mostPeople));
        return { status: 200, body: { names: Object.fromEntries(names) } };
      },
    }),
  ];
}

/** Who closed the patient's safety signals that whoever looks is told of. */
async function closersOf(call: AppCall<undefined, undefined>): Promise<readonly string[]> {
  if (!seesOfOpenPatient(call.session.role, 'safety')) return [];
  const { closed = [] } = await showSafety(call);
  return closed.flatMap(({ closedBy }) => (closedBy?.startsWith('Practitioner/') ? [closedBy] : []));
}

/** Who unlocked, changed or talked over something, or wrote of it, the latest first; each once. */
function peopleIn(views: readonly ReadPlan[]): readonly string[] {
  const acts = views.flatMap(({ plan, assignments, barriers, feedback }) => [
    ...feedback.map(({ sentAt: at, author: by }) => ({ at, by })),
    ...(plan.changes ?? []),
    ...barriers.flatMap(({ talkedOverAt: at, talkedOver }) => (at === undefined ? [] : [{ at, ...talkedOver }])),
    ...assignments.flatMap(({ unlocked, changes = [] }) => [...(unlocked === undefined ? [] : [unlocked]), ...changes]),
  ]);
  const people = acts
    .toSorted((act, other) => other.at.localeCompare(act.at))
    .flatMap(({ by }) => (by?.startsWith('Practitioner/') ? [by] : []));
  return [...new Set(people)];
}
