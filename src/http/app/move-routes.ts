import { z } from 'zod';
import { reason } from '../../contract/values.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { undoWithdraw, withdrawAssignment } from '../../record/use-cases/withdraw-assignment.ts';
import { parseWith, readLater } from '../api/parse-with.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
import { speakerOf } from './change-routes.ts';
import { showChangedPlan } from './show-changed-plan.ts';
import { ownerInPath, viaApi } from './via-api.ts';

const path = '/assignments/{assignmentId}/moves';

/** Who may make which move: the patient answers for themselves, the clinician for the plan. */
const allowed: Readonly<Record<'clinician' | 'patient', readonly string[]>> = {
  patient: ['seen', 'agree', 'decline', 'stop'],
  clinician: [
    ...['unlock', 'relock', 'regrade', 'decline', 'stop', 'pause', 'resume'],
    ...['accept-as-done', 'withdraw', 'undo-withdraw', 'mistake'],
  ],
};
/** Moves that name who decided them. */
const signed = ['unlock', 'relock', 'regrade', 'accept-as-done', 'withdraw'];

const shared = viaApi('moveAssignment', { roles: ['clinician', 'patient'], prepare: signedMove });
const anyMove = z.looseObject({ event: z.string().max(40) }).meta(readLater);
// `actor` may be there, as in the API; it is not read
const withdraw = z.strictObject({ event: z.literal('withdraw'), reason, actor: z.unknown().optional() });

export const moveRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'post',
    path,
    roles: ['clinician', 'patient'],
    writes: ['Task'],
    body: anyMove,
    async handle(call) {
      const { record, tenant, session, params, body } = call;
      const { event } = body;
      const mine = session.role === 'patient' ? allowed.patient : allowed.clinician;
      const known = [...allowed.clinician, ...allowed.patient].includes(event);
      if (known && !mine.includes(event)) {
        throw new IntersessionError(
          'forbidden',
          { needed: 'another role' },
          `This role cannot make the move '${event}'.`,
        );
      }
      if (event !== 'withdraw' && event !== 'undo-withdraw') return shared.run({ ...call, query: {} });
      await ownerInPath(call);
      const { assignmentId = '' } = params;
      const of = { assignmentId, launchId: session.launchId };
      const { state } =
        event === 'undo-withdraw'
          ? await undoWithdraw(record, tenant.id, of)
          : await withdrawAssignment(record, tenant.id, {
              ...of,
              actor: session.userReference,
              reason: parseWith(withdraw, body, 'body').reason,
            });
      return { status: 200, body: await showChangedPlan(call, state.plan.id) };
    },
  }),
];

function signedMove(body: Readonly<Record<string, unknown>>, call: AppCall): Readonly<Record<string, unknown>> {
  const { actor: _given, ...move } = body;
  const { barrier } = body;
  if (typeof barrier === 'object' && barrier !== null)
    return { ...move, barrier: { ...barrier, saidBy: speakerOf(call) } };
  return signed.includes(String(body.event)) ? { ...move, actor: call.session.userReference } : move;
}
