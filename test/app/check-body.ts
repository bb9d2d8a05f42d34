import { z } from 'zod';
import { appBodies } from '../../src/contract/app/bodies.ts';
import { changeAssignmentBody, makeSmallerStepBody, moveAssignmentBody } from '../../src/contract/assignment.ts';
import { recordBarrierBody, recordPlanBarrierBody } from '../../src/contract/barrier.ts';
import { giveFeedbackBody } from '../../src/contract/feedback.ts';
import { amendLogBody, completeLogBody } from '../../src/contract/log.ts';
import { excuseOccurrenceBody } from '../../src/contract/occurrence.ts';
import { changePlanBody, closePlanBody, createPlanBody, newAssignment } from '../../src/contract/plan-commands.ts';

/** What a page sends is read by these, as the service reads it: who says it comes from the session. */
const schemas: Readonly<Record<string, z.ZodType>> = {
  ...appBodies,
  'POST /plans': createPlanBody,
  'POST /plans/{planId}/close': closePlanBody,
  'PATCH /plans/{planId}': changePlanBody,
  'POST /plans/{planId}/assignments': newAssignment,
  'PATCH /assignments/{assignmentId}': changeAssignmentBody,
  'POST /assignments/{assignmentId}/smaller': makeSmallerStepBody,
  'POST /plans/{planId}/barriers': recordPlanBarrierBody,
  'POST /assignments/{assignmentId}/moves': z.union([
    moveAssignmentBody,
    z.strictObject({ event: z.literal('undo-withdraw') }),
  ]),
  'POST /assignments/{assignmentId}/barriers': recordBarrierBody,
  'POST /assignments/{assignmentId}/feedback': giveFeedbackBody,
  'POST /logs/{logId}/feedback': giveFeedbackBody,
  'POST /occurrences/{occurrenceId}/excuse': excuseOccurrenceBody,
  'POST /logs/{logId}/complete': completeLogBody,
  'PATCH /logs/{logId}': amendLogBody,
};

/** Who says so, by the names that the bodies have for it: added from the session before the body is read. */
const signers = { actor: 'Practitioner/x', requester: 'Practitioner/x', author: 'Practitioner/x' } as const;

/** What is wrong with a body, as the service would find it; undefined: nothing, or nobody reads one there. */
export function wrongInBody(method: string, path: string, body: unknown): string | undefined {
  const steps = path.split('?')[0]?.split('/') ?? [];
  const key = Object.keys(schemas).find((key) => {
    const [verb, template = ''] = key.split(' ');
    const parts = template.split('/');
    return verb === method && parts.length === steps.length && parts.every((p, at) => /^\{/.test(p) || p === steps[at]);
  });
  const schema = key === undefined ? undefined : schemas[key];
  if (schema === undefined) return undefined;
  const bare = schema.safeParse(body);
  if (bare.success) return undefined;
  const signed = Object.entries(signers).some(
    ([name, by]) => typeof body === 'object' && schema.safeParse({ ...body, [name]: by }).success,
  );
  return signed ? undefined : `${key}: ${z.prettifyError(bare.error)}`;
}
