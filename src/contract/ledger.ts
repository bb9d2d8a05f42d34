import { z } from 'zod';
import { ledgerStates } from '../homework/ledger/ledger-state.ts';
import { reasonShape } from './reason.ts';
import { artefact, ehrReference, instant, personReference, reason } from './values.ts';
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
  sent: z
    .strictObject({
      request: z.string().describe('`create QuestionnaireResponse`, `update Task/17`'),
      resource: z.unknown().describe('As it was sent, with what people wrote, answered or did masked, and times'),
    })
    .exactOptional()
    .describe('Of this artefact; present where it was sent and did not land'),
});

export const ledgerRowWithAttemptsShape = ledgerRowShape
  .extend({ attempts: z.array(attemptShape) })
  .meta({ id: 'LedgerRowWithAttempts' });

/** `POST /ledger/{artefact}/{id}/retry`, by the API. */
export const retryLedgerBody = z
  .strictObject({
    reason: reason.exactOptional(),
    by: personReference.exactOptional(),
    notThere: z
      .boolean()
      .exactOptional()
      .describe(
        'Of one that is `unknown`: a person has looked in the EHR and it is not there; it is looked for once more, and sent anew unless it is found',
      ),
  })
  .meta({ id: 'RetryLedger' });

/** `POST /ledger/{artefact}/{id}/confirm`, by the API. */
export const confirmLedgerBody = z
  .strictObject({ reference: ehrReference, reason: reason.exactOptional(), by: personReference.exactOptional() })
  .meta({ id: 'ConfirmLedger' });

/** `POST /ledger/{artefact}/{id}/withdraw`, by the API. */
export const withdrawLedgerBody = z
  .strictObject({ reason, by: personReference.exactOptional() })
  .meta({ id: 'WithdrawLedger' });
