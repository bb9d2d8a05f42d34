import { z } from 'zod';
import { ledgerStates } from '../homework/ledger/ledger-state.ts';
import { reasonShape } from './reason.ts';
import { artefact, instant } from './values.ts';
export const ledgerRowShape = z
  .strictObject({
    artefact,
    id: z.string(),
    resourceType: z.string(),
    groupId: z.string().describe('What is sent with it in one request'),
    planId: z.string(),
    patientId: z.string(),
    wanted: z.number().int().describe('The version that is to stand in the EHR'),
    sent: z.number().int(),
    landed: z.number().int().describe('The version that stands there; 0: none'),
    state: z.enum(ledgerStates),
    landing: z.string().nullable().describe('The way it reaches this EHR'),
    ...reasonShape,
    waitingSince: instant.nullable(),
    ehrReference: z.string().nullable().describe('Where it stands in the EHR: `Task/17`'),
    ehrVersion: z.string().nullable(),
    wantedAt: instant,
    landedAt: instant.nullable(),
    lastStatus: z.number().int().nullable(),
    lastOutcome: z.string().nullable().describe('What the EHR said'),
    withdraw: z.boolean(),
  })
  .meta({ id: 'LedgerRow' });

/** One try to send it, or one decision about it. */
export const attemptShape = z.strictObject({
  id: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  landing: z.string(),
  httpStatus: z.number().int().nullable(),
  disposition: z.string().nullable(),
  detail: z.string().nullable(),
});

export const ledgerRowWithAttemptsShape = ledgerRowShape
  .extend({ attempts: z.array(attemptShape) })
  .meta({ id: 'LedgerRowWithAttempts' });
