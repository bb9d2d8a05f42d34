import { z } from 'zod';
import { reportedByField } from './told.ts';
import { artefact, instant } from './values.ts';
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
    text: z.string(),
    members: z.array(z.strictObject({ artefact, id: z.string(), version: z.number().int() })),
  })
  .meta({ id: 'Report' });
