import { z } from 'zod';
import { orOnlyId } from '../../contract/only-id.ts';
import {
  closeSafetySignalBody,
  raiseSafetySignalBody,
  safetySignalShape,
  signalStatus,
} from '../../contract/safety-signal.ts';
import { id } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { type SafetyReporter, safetyRules } from '../../homework/safety/safety-signal.ts';
import { closeSafetySignal } from '../../record/safety/close-safety-signal.ts';
import { listSafetySignals } from '../../record/safety/list-safety-signals.ts';
import { raiseSafetySignal } from '../../record/safety/raise-safety-signal.ts';
import type { SeenSignal } from '../../record/safety/seen-signal.ts';
import { reportedBy, type Sources, withReporter } from './reported-by.ts';
import { defineRoute } from './route.ts';

/** A signal as the API and the app show it. */
export function safetySignalView(
  { closedVia, ...signal }: SeenSignal,
  sources: Sources,
): z.input<typeof safetySignalShape> {
  const closedReportedBy = reportedBy({ via: closedVia }, signal.closedBy, sources);
  return {
    ...{ ...signal, words: safetyRules[signal.rule] },
    ...defined({ closedReportedBy }),
    evidence: signal.evidence.map((safetyEvidence) =>
      withReporter(safetyEvidence, namedBy(safetyEvidence.by), sources),
    ),
  };
}

/** The person whom a source system has named; undefined when it speaks for itself. */
function namedBy(by: SafetyReporter): string | undefined {
  if (by.type === 'system') return undefined;
  return by.type === 'patient' ? 'patient' : by.reference;
}

export const safetySignalRoutes = [
  defineRoute({
    method: 'post',
    path: '/safety-signals',
    operationId: 'raiseSafetySignal',
    shows: 'safety-signal',
    tag: 'Safety signals',
    summary: 'Raise a safety signal of a patient with homework',
    description:
      'Adds to the one that is open by the same rule, else opens one. While one is open nothing of the patient’s homework unlocks. Nobody watches this round the clock: what cannot wait goes another way as well.',
    needs: ['Flag.c'],
    body: raiseSafetySignalBody,
    example: { sourceId: 'signal-1', patientId: 'sarah', rule: 'self-harm-thoughts', by: 'patient' },
    answers: {
      201: { description: 'Raised, or added to the one that is open', schema: orOnlyId(safetySignalShape) },
      200: { description: 'This was raised before', schema: orOnlyId(safetySignalShape) },
    },
    errors: ['unknown-patient', 'source-id-conflict'],
    async handle({ record, tenant, clientId, body: { by, ...body } }) {
      const { signal, created } = await raiseSafetySignal(record, tenant.id, {
        ...{ ...body, clientId },
        by: reporterOf(by, clientId),
      });
      return { status: created ? 201 : 200, body: safetySignalView(signal, tenant) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/safety-signals',
    operationId: 'listSafetySignals',
    tag: 'Safety signals',
    summary: 'A patient’s safety signals, the open ones first',
    needs: ['Flag.s'],
    query: z.strictObject({ patientId: id, status: signalStatus.exactOptional() }),
    answers: {
      200: {
        description: 'All that fit',
        schema: z.strictObject({ signals: z.array(safetySignalShape) }).meta({ id: 'SafetySignals' }),
      },
    },
    errors: ['invalid-request'],
    async handle({ record, tenant, query }) {
      const signals = await listSafetySignals(record, tenant.id, query);
      return { status: 200, body: { signals: signals.map((signal) => safetySignalView(signal, tenant)) } };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/safety-signals/{signalId}/close',
    operationId: 'closeSafetySignal',
    shows: 'safety-signal',
    tag: 'Safety signals',
    summary: 'Not for systems: a clinician closes a safety signal in the app',
    description:
      'Always refused (403, `person-needed`): that a worry is over is decided by a person who is signed in, and no system can decide it in their name.',
    needs: ['Flag.u'],
    body: closeSafetySignalBody,
    example: { by: 'Practitioner/17', reason: 'Talked on the phone; safety plan made' },
    answers: { 200: { description: 'Closed', schema: orOnlyId(safetySignalShape) } },
    errors: ['person-needed', 'unknown-artefact', 'signal-closed'],
    async handle({ record, tenant, params, body }) {
      const signal = await closeSafetySignal(record, tenant.id, { ...body, signalId: params.signalId });
      return { status: 200, body: safetySignalView(signal, tenant) };
    },
  }),
];

function reporterOf(by: string | undefined, clientId: string) {
  if (by === undefined) return { type: 'system', clientId } as const;
  return by === 'patient' ? ({ type: 'patient' } as const) : ({ type: 'person', reference: by } as const);
}
