import { z } from 'zod';
/** What is answered of something that a token may make or change, but not read. */
export const onlyId = z
  .strictObject({ id: z.string() })
  .meta({ id: 'OnlyId', description: 'Who may not read it is answered which one it is, and no more' });

/** The shape of an answer that is a part: as it is, or its id alone. */
export const orOnlyId = <Shape extends z.ZodType>(shape: Shape) => z.union([shape, onlyId]);
