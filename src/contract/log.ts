import { z } from 'zod';
import { logResolutions, logStatuses } from '../homework/log/log.ts';
import { reportedByField } from './told.ts';
import { ehrReference, instant, versionedCanonical } from './values.ts';
/** A log as the API shows it. */
export const logShape = z
  .strictObject({
    id: z.string(),
    planId: z.string(),
    assignmentId: z.string(),
    patientId: z.string(),
    occurrenceId: z.string().exactOptional(),
    resolution: z.enum(logResolutions).describe('How it was tied to its assignment; decided once'),
    questionnaire: versionedCanonical,
    status: z.enum(logStatuses),
    performedAt: instant.describe('When it happened'),
    authored: instant.describe('When it was last changed'),
    source: z.union([
      z.strictObject({ type: z.literal('patient') }),
      z.strictObject({ type: z.enum(['related-person', 'practitioner']), reference: ehrReference }),
    ]),
    ...reportedByField,
    answers: z.record(z.string(), z.unknown()).describe('By linkId; without what the patient does not share'),
    withheld: z.array(z.string()).describe('linkIds of answers that the patient does not share'),
    predicted: z
      .strictObject({ at: instant, linkIds: z.array(z.string()) })
      .exactOptional()
      .describe('Predictions that were saved before any outcome: since when they stand so, and which; they are locked'),
  })
  .meta({ id: 'Log' });
