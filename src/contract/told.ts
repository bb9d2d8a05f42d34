import { z } from 'zod';
/** A source system as people call it. */
export const sourceShape = z
  .strictObject({
    clientId: z.string(),
    name: z.string().describe('As the tenant’s configuration calls it; its client id when it has no name there'),
  })
  .meta({ id: 'SourceSystem' });

/** Who told it, where it was a system and no person in the app. */
export const reportedByShape = z
  .strictObject({
    person: z
      .string()
      .exactOptional()
      .describe('Whom the source system named: `patient`, or a reference into the EHR. Nobody has signed in as them'),
    source: sourceShape,
  })
  .meta({ id: 'ReportedBy' })
  .describe(
    'Present when a source system sent it: whom it names is whom that system named, and whoever shows the person shows the system beside them. Absent: it was made in the app',
  );

/** The field as shapes of answers have it. */
export const reportedByField = { reportedBy: reportedByShape.exactOptional() };

export type ReportedBy = z.output<typeof reportedByShape>;
