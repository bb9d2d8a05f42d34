import { z } from 'zod';
import { ledgerStates } from '../../homework/ledger/ledger-state.ts';
import type { AnswerOf } from '../answer-type.ts';
import { attemptShape, ledgerRowShape } from '../ledger.ts';
import { checkShape, differenceShape } from '../ledger-check.ts';
import { instant } from '../values.ts';

export type AttemptView = AnswerOf<typeof attemptShape>;

/** A row as lists show it: what the EHR said may quote what was sent, and is shown of one row alone. */
const listedRowShape = ledgerRowShape.omit({ lastOutcome: true });
export type LedgerRow = AnswerOf<typeof listedRowShape>;

/** Rows that wait for the same thing, told as one. */
const waitingShape = z.strictObject({
  ...ledgerRowShape.pick({ artefact: true, state: true, landing: true, reason: true, waitingFor: true, because: true })
    .shape,
  count: z.number().int(),
  since: instant.describe('Of the one that has waited longest'),
});
export type WaitingView = AnswerOf<typeof waitingShape>;

/** `GET /ledger/summary`. */
export const summaryShape = z.strictObject({
  now: instant,
  counts: z.record(z.enum(ledgerStates), z.number().int()),
  open: z
    .strictObject({
      decide: z.number().int().describe('Rows that only a person can help'),
      wait: z.number().int().describe('Rows that go on by themselves: they wait, are under review, or are looked for'),
      send: z.number().int().describe('Rows that are about to be sent, or are being sent'),
    })
    .describe('All that has neither landed nor was withdrawn'),
  waiting: z.array(waitingShape),
  undecided: z.array(listedRowShape).describe('Rows that only a person can help'),
});
export type SummaryView = AnswerOf<typeof summaryShape>;

/** `POST /ledger/search`. */
export const ledgerPageShape = z.strictObject({
  now: instant,
  count: z.number().int().exactOptional().describe('How many there are on all pages; with the first page'),
  rows: z.array(listedRowShape),
  next: z.string().exactOptional(),
});
export type LedgerPageView = AnswerOf<typeof ledgerPageShape>;

/** `POST /ledger/retry`: of the hundred rows at most that were taken in turn. */
export const retriedShape = z.strictObject({
  now: instant,
  tried: z.number().int().describe('How many are tried again'),
  left: z.number().int().describe('How many were left as they are, for they have moved on by themselves'),
  next: z.string().exactOptional().describe('The cursor to go on from; absent: that was all'),
});
export type RetriedView = AnswerOf<typeof retriedShape>;

/** `GET /ledger/{artefact}/{id}`, and each decision about it. */
export const rowShape = z.strictObject({ now: instant, row: ledgerRowShape, attempts: z.array(attemptShape) });
export type RowView = AnswerOf<typeof rowShape>;

/** `GET /ledger/check`, and each start of one. */
export const ledgerCheckShape = z.strictObject({
  now: instant,
  check: checkShape.nullable(),
  differences: z.array(differenceShape),
  next: z.string().exactOptional(),
});
export type CheckView = AnswerOf<typeof ledgerCheckShape>;
