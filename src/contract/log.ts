import { z } from 'zod';
import { logResolutions, logStatuses } from '../homework/log/log.ts';
import { reportedByField } from './told.ts';
import {
  answers as anyAnswers,
  dateTime,
  ehrReference,
  id,
  instant,
  linkIds,
  practitionerReference,
  relatedPersonReference,
  sourceId,
  versionedCanonical,
} from './values.ts';
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

const answers = anyAnswers.describe(
  'By linkId: a boolean, a number, a text, a date or an option’s code; `GET /kinds` has the questionnaires',
);
const withheld = linkIds.describe('linkIds of answers that the patient does not share');

/** `POST /assignments/{assignmentId}/logs`, by the API. */
export const logHomeworkBody = z
  .strictObject({
    sourceId: sourceId.exactOptional(),
    patientId: id.exactOptional().describe('Must be the assignment’s patient; say it, so that a mix-up is refused'),
    occurrenceId: id.exactOptional(),
    questionnaire: versionedCanonical
      .max(500)
      .exactOptional()
      .describe('Which of the step’s forms it answers; default: the one that the step asks for now'),
    performedAt: dateTime,
    status: z.enum(['in-progress', 'completed', 'stopped']).exactOptional(),
    answers,
    withheld: withheld.exactOptional(),
    source: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('patient') }),
        z.strictObject({ type: z.literal('related-person'), reference: relatedPersonReference }),
        z.strictObject({ type: z.literal('practitioner'), reference: practitionerReference }),
      ])
      .exactOptional(),
  })
  .meta({ id: 'LogHomework' });

/** `PATCH /logs/{logId}`. */
export const amendLogBody = z
  .strictObject({
    answers: answers.exactOptional(),
    withheld: withheld.exactOptional(),
    since: dateTime.exactOptional().describe('`authored` as you know it: refused with 412 when it was changed since'),
    anew: linkIds
      .exactOptional()
      .describe(
        'linkIds of answers that were given anew, also where they say what they said: a risk answer among them raises a safety signal when none that rests on it is open',
      ),
  })
  .refine((body) => body.answers !== undefined || body.withheld !== undefined, 'answers or withheld must be given')
  .meta({ id: 'AmendLog' });

/** `POST /logs/{logId}/complete`. */
export const completeLogBody = z
  .strictObject({
    answers: answers.exactOptional(),
    withheld: withheld.exactOptional(),
    performedAt: dateTime.exactOptional(),
  })
  .meta({ id: 'CompleteLog' });
