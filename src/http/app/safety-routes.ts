import { appBodies } from '../../contract/app/bodies.ts';
import type { SafetyView } from '../../contract/app/safety.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { closeSafetySignal } from '../../record/safety/close-safety-signal.ts';
import { latestContact } from '../../record/safety/latest-contact.ts';
import { listSafetySignals } from '../../record/safety/list-safety-signals.ts';
import { raiseSafetySignal } from '../../record/safety/raise-safety-signal.ts';
import { stuckSignals } from '../../record/safety/stuck-signals.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { safetySignalView } from '../api/safety-signals.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
import { openPatientOf } from './open-record-of.ts';
import { signalsWait } from './signals-wait.ts';

export const safetyRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'post',
    path: '/safety-signals',
    roles: ['clinician', 'coordinator', 'patient'],
    // whoever fears for someone must be heard, whatever the EHR lets them write
    writes: false,
    body: appBodies['POST /safety-signals'],
    async handle(call) {
      const { record, tenant, session, body } = call;
      const patientId = openPatientOf(call);
      const said = { patientId, ...body };
      if (session.role === 'patient') {
        if (body.rule !== 'not-safe-now') {
          throw new IntersessionError(
            'forbidden',
            { needed: 'another role' },
            'A patient says that they are not safe.',
          );
        }
        const by = { type: 'patient' } as const;
        const raised = await raiseSafetySignal(record, tenant.id, { ...said, by });
        const heard = !(await signalsWait(call, { ask: true }));
        const stuck = await stuckSignals(record.database, tenant.id, patientId);
        return { status: 200, body: { reaches: heard && stuck.get(raised.signal.id) !== true } };
      }
      const by = { type: 'person', reference: session.userReference } as const;
      const { signal } = await raiseSafetySignal(record, tenant.id, { ...said, by });
      return { status: 201, body: { signal: safetySignalView(signal, tenant) } };
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/safety-signals/{signalId}/close',
    roles: ['clinician'],
    writes: ['Flag'],
    body: appBodies['POST /safety-signals/{signalId}/close'],
    async handle(call) {
      const { record, tenant, session, params, body } = call;
      const { signalId = '' } = params;
      const own = await listSafetySignals(record, tenant.id, { patientId: openPatientOf(call) });
      if (!own.some(({ id }) => id === signalId)) throw unknownArtefact({ artefact: 'safety', id: signalId });
      const by = session.userReference;
      const signal = await closeSafetySignal(record, tenant.id, { signalId, by, reason: body.reason });
      return { status: 200, body: { signal: safetySignalView(signal, tenant) } };
    },
  }),
];

/** What a patient's pages tell of: of more than these, the notes in the chart tell. */
const mostClosed = 20;

/** What staff see of an open patient's safety: what is open, what was closed, whom to call, and whether somebody was in touch since. */
export async function showSafety(call: AppCall<unknown, unknown>): Promise<SafetyView> {
  const { record, tenant } = call;
  const patientId = openPatientOf(call);
  const signals = await listSafetySignals(record, tenant.id, { patientId });
  const open = signals.filter(({ status }) => status === 'open');
  const closed = signals.filter(({ status }) => status === 'closed').slice(0, mostClosed);
  const since = open.map(({ raisedAt }) => raisedAt).sort()[0];
  const contact = since === undefined ? undefined : await latestContact(record, tenant.id, { patientId, since });
  return {
    open: open.map((seenSignal) => safetySignalView(seenSignal, tenant)),
    closed: closed.map((seenSignal) => safetySignalView(seenSignal, tenant)),
    ...defined({ route: tenant.safetyRoute, contact }),
  };
}
