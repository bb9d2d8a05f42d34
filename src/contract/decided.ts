import { z } from 'zod';
import { reportedByField } from './told.ts';
import { instant } from './values.ts';

/** Which edition of a design this is. */
export const revision = z
  .number()
  .int()
  .describe('Rises with every change of its design: whoever changes it says which one they have read (`basedOn`)');

/** Who decided a change, when and why. */
export const decidedShape = {
  at: instant,
  by: z.string().exactOptional().describe('Who decided it; absent: nobody was named'),
  ...reportedByField,
  reason: z.string().exactOptional(),
};
