import { z } from 'zod';
import { reportedByField } from './told.ts';
import { artefact, dateTime, encounterReference, instant, personReference, sourceId } from './values.ts';
export const reportShape = z
  .strictObject({
    id: z.string(),
    planId: z.string(),
    patientId: z.string(),
    version: z.number().int(),
    from: instant,
    to: instant,
    createdAt: instant,
    author: z.string().exactOptional(),
    ...reportedByField,
    addendumTo: z.string().exactOptional().describe('Id of the report of whose time this tells what came later'),
    signedBy: z.string().exactOptional().describe('The clinician who signed it; absent: a draft'),
    encounter: z.string().exactOptional(),
    words: z
      .strictObject({
        by: z.string(),
        passages: z.array(z.strictObject({ about: z.string().exactOptional(), text: z.string() })),
      })
      .exactOptional()
      .describe(
        'What a clinician wrote into it in their own words, instead of a section or beside all; the rest is from the record',
      ),
    text: z.string(),
    members: z.array(z.strictObject({ artefact, id: z.string(), version: z.number().int() })),
  })
  .meta({ id: 'Report' });

/** `POST /plans/{planId}/reports`, by the API. */
export const fileReportBody = z
  .strictObject({
    sourceId: sourceId.exactOptional(),
    from: dateTime.exactOptional().describe('Default: where the last report ends, or the plan’s begin'),
    to: dateTime.exactOptional().describe('Default: now'),
    author: personReference.exactOptional(),
    encounter: encounterReference.exactOptional().describe('The encounter that a person chose for it'),
  })
  .meta({ id: 'FileReport' });
