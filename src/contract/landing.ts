import { z } from 'zod';
import type { AnswerOf } from './answer-type.ts';
import { artefact } from './values.ts';

/** How one artefact is to reach this EHR, and why. */
export const landingShape = z.strictObject({
  artefact,
  landing: z.string(),
  identity: z.string().describe('Whose token carries it: `system`, `delegated` or `none`'),
  reason: z.string(),
  toImprove: z.string().nullable().exactOptional(),
  bySite: z.literal(true).exactOptional().describe('The site chose less than could be here'),
  assumption: z
    .string()
    .exactOptional()
    .describe('What is taken for granted about scopes, where nobody says which were granted'),
});
export type LandingRow = AnswerOf<typeof landingShape>;
