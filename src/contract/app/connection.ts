import { z } from 'zod';
import type { AnswerOf } from '../answer-type.ts';
import { landingShape } from '../landing.ts';
import { instant } from '../values.ts';

/** What an EHR advertised and then refused. */
export const correctionShape = z.strictObject({
  type: z.string(),
  interaction: z.string(),
  identity: z.string().describe('Whose token was refused: `system`, `delegated` or `any`'),
  status: z.number().int(),
  attemptId: z.string().describe('The attempt that holds the EHR’s own words'),
  at: instant,
  againAt: instant.exactOptional().describe('When it is tried again by itself; absent: when its statement changes'),
});
export type CorrectionRow = AnswerOf<typeof correctionShape>;

/** What answers in the EHR's place: nothing in it was sent by us or is about a patient. */
export const strangerShape = z.strictObject({
  lane: z.enum(['read', 'write']).describe('What was asked; a search is a `read`'),
  since: instant,
  at: instant.describe('The last time'),
  times: z.number().int(),
  says: z.string().describe('`HTTP 404 text/html, not the EHR’s answer ("404 not found nginx")`'),
});
export type StrangerRow = AnswerOf<typeof strangerShape>;

/** It answers writes so that all deliveries wait. */
export const holdShape = z.strictObject({
  since: instant,
  status: z.number().int().describe('What it answered the last one with: 401, 429, 503'),
});
export type HoldRow = AnswerOf<typeof holdShape>;

export const successShape = z.strictObject({
  requestKind: z.string().describe('`search Task`, `create Observation`, `token`'),
  at: instant,
});
export type SuccessRow = AnswerOf<typeof successShape>;

/** `GET /connection`, and what asks or tries again. */
export const connectionShape = z.strictObject({
  now: instant,
  answers: z.boolean(),
  trouble: z
    .strictObject({
      state: z.enum(['slow', 'silent']),
      how: z.enum(['late', 'unreached', 'cut']).describe('`unreached`: there is no connection; `cut`: it breaks off'),
      since: instant,
      requestKinds: z.array(z.string()).describe('`search Task`, `create Observation`'),
    })
    .exactOptional()
    .describe('While requests are not answered; `slow`: others are'),
  fhirBase: z.string(),
  vendor: z.string(),
  landings: z.array(landingShape).exactOptional().describe('Absent: the EHR has never said what it takes'),
  successes: z.array(successShape).describe('When each kind of request was last answered with a success'),
  corrections: z.array(correctionShape),
  hold: holdShape.exactOptional().describe('While it takes no deliveries'),
  strangers: z.array(strangerShape).exactOptional().describe('While something else than the EHR answers'),
});
export type ConnectionView = AnswerOf<typeof connectionShape>;
