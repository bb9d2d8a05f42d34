import { z } from 'zod';
import { reportedByField } from './told.ts';
import { id, instant, longText, sourceId, speaker } from './values.ts';
export const feedbackShape = z
  .strictObject({
    id: z.string(),
    planId: z.string(),
    assignmentId: z.string().exactOptional(),
    logId: z.string().exactOptional(),
    patientId: z.string(),
    author: z.string().describe('`patient`, or a reference into the EHR'),
    ...reportedByField,
    text: z.string(),
    sentAt: instant,
    deliveredAt: instant.exactOptional(),
    readAt: instant.exactOptional(),
    inResponseTo: z.string().exactOptional(),
  })
  .meta({ id: 'Feedback' });

/** `POST …/feedback`. */
export const giveFeedbackBody = z
  .strictObject({
    sourceId: sourceId.exactOptional(),
    author: speaker,
    text: longText,
    inResponseTo: id.exactOptional().describe('Id of the feedback that this answers'),
  })
  .meta({ id: 'GiveFeedback' });
