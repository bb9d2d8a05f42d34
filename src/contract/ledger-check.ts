import { z } from 'zod';
import { findingKinds } from '../homework/ledger/finding-kind.ts';
import { artefact, instant, personReference, reason } from './values.ts';
export const checkShape = z
  .strictObject({
    id: z.string(),
    state: z
      .enum(['running', 'waiting', 'finished'])
      .describe('`waiting`: the EHR cannot be asked now; it goes on by itself'),
    startedAt: instant,
    startedBy: z.string().nullable().describe('Who asked for it; null: the service, once a day'),
    finishedAt: instant.nullable(),
    repair: z.boolean(),
    checked: z.number().int().describe('Rows that were held against the EHR so far'),
    differences: z.number().int(),
    unchecked: z.number().int().describe('Rows that could not be compared: `unsettled` or `unreadable`'),
    kinds: z.partialRecord(z.enum(findingKinds), z.number().int()),
    problem: z.string().nullable(),
  })
  .meta({ id: 'LedgerCheck' });

export const differenceShape = z
  .strictObject({
    artefact,
    id: z.string(),
    kind: z.enum(findingKinds),
    reference: z.string().nullable().describe('Where the ledger knows it'),
    others: z.array(z.string()).describe('Where else it stands'),
    detail: z.string(),
    foundAt: instant,
    repaired: z.string().nullable().describe('What the repair did about it'),
    meanwhile: z
      .enum(['patient-unconfirmed', 'landed-again'])
      .nullable()
      .describe('What explains it by now: its patient is merged or gone, unconfirmed; or it has landed again since'),
  })
  .meta({ id: 'LedgerDifference' });

/** `POST /ledger/check`, by the API. */
export const startLedgerCheckBody = z
  .strictObject({
    repair: z.boolean().exactOptional(),
    reason: reason.exactOptional(),
    by: personReference.exactOptional(),
  })
  .meta({ id: 'StartLedgerCheck' });
