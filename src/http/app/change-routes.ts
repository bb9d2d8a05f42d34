import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { AppCall, AppRoute } from './app-route.ts';
import { openPatientOf } from './open-record-of.ts';
import { viaApi } from './via-api.ts';

const clinician = ['clinician'] as const;
const both = ['clinician', 'patient'] as const;

/** The session's user as `/api/v1` names speakers: `patient`, or a reference into the EHR. */
export function speakerOf({ session }: Pick<AppCall, 'session'>): string {
  return session.role === 'patient' ? 'patient' : session.userReference;
}

const saidBy = (body: Readonly<Record<string, unknown>>, call: AppCall) => ({ ...body, saidBy: speakerOf(call) });
const author = (body: Readonly<Record<string, unknown>>, call: AppCall) => ({ ...body, author: speakerOf(call) });

const actor = (body: Readonly<Record<string, unknown>>, { session }: AppCall) => ({
  ...body,
  actor: session.userReference,
});
const requester = (body: Readonly<Record<string, unknown>>, { session }: AppCall) => ({
  ...body,
  requester: session.userReference,
});

/** The writes that the app shares with the API, and who may make them. */
export const changeRoutes: readonly AppRoute[] = [
  viaApi('createPlan', { roles: clinician, prepare: planOfSession }),
  viaApi('closePlan', { roles: clinician }),
  viaApi('changePlan', { roles: clinician, prepare: actor }),
  viaApi('changeAssignment', { roles: clinician, prepare: actor }),
  viaApi('makeSmallerStep', { roles: clinician, prepare: actor }),
  viaApi('addAssignment', { roles: clinician, prepare: requester }),
  viaApi('excuseOccurrence', { roles: clinician }),
  viaApi('startSession', { roles: clinician }),
  viaApi('recordBarrier', { roles: both, prepare: saidBy }),
  viaApi('recordPlanBarrier', { roles: both, prepare: saidBy }),
  viaApi('giveFeedback', { roles: both, prepare: author }),
  viaApi('giveFeedbackOnLog', { roles: both, prepare: author }),
  viaApi('amendLog', { roles: both }),
  viaApi('completeLog', { roles: both }),
  viaApi('retractLog', { roles: both }),
];

/** A plan is for the patient who is open, by the clinician who is signed in, in the encounter of the launch. */
function planOfSession(body: Readonly<Record<string, unknown>>, call: AppCall): Readonly<Record<string, unknown>> {
  const patientId = openPatientOf(call);
  if (body.patientId !== undefined && body.patientId !== patientId) {
    const problem = 'the plan is for another patient';
    throw new IntersessionError(
      'launch-mismatch',
      { problem },
      'This is for another patient than the one who is open.',
    );
  }
  const { userReference, encounter } = call.session;
  const { encounter: _given, assignments, ...rest } = body;
  return {
    ...rest,
    patientId,
    author: userReference,
    ...defined({ encounter }),
    ...(Array.isArray(assignments) ? { assignments: assignments.map(withoutRequester) } : {}),
  };
}

function withoutRequester(assignment: unknown): unknown {
  if (typeof assignment !== 'object' || assignment === null) return assignment;
  return Object.fromEntries(Object.entries(assignment).filter(([name]) => name !== 'requester'));
}
