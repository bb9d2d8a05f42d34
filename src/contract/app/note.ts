import { z } from 'zod';
import type { AnswerOf } from '../answer-type.ts';
import { instant } from '../values.ts';

/** A visit that a note may belong to. */
const encounterShape = z.strictObject({
  reference: z.string(),
  start: z.string(),
  status: z.string().describe('As FHIR spells it: `in-progress`, `finished`'),
  isLaunch: z.literal(true).exactOptional().describe('The one that the app was opened in'),
});
export type EncounterChoice = AnswerOf<typeof encounterShape>;

/** `GET /encounters`. */
export const encountersShape = z.strictObject({ encounters: z.array(encounterShape) });
export type EncounterList = AnswerOf<typeof encountersShape>;

/** `POST /plans/{planId}/reports/preview`: a note to be read, and the digest that names it when it is filed. */
export const notePreviewShape = z.strictObject({
  from: instant,
  to: instant,
  period: z.string().describe('The time that it tells of, in words'),
  text: z.string(),
  sections: z
    .array(z.strictObject({ title: z.string(), text: z.string(), fixed: z.literal(true).exactOptional() }))
    .describe('What the record says, section by section; one that is `fixed` cannot be written anew'),
  digest: z.string().describe('Of what the record says, whatever is written anew in it'),
  nothing: z.literal(true).exactOptional().describe('Nothing that a note of this time tells: there is nothing to file'),
  untold: z
    .array(z.string())
    .exactOptional()
    .describe('What came in this time about a time that an earlier note tells of, and where it is told, in sentences'),
  encounters: z
    .array(encounterShape)
    .exactOptional()
    .describe('Where the EHR connection leaves the choice to a person'),
});
export type NotePreview = AnswerOf<typeof notePreviewShape>;
