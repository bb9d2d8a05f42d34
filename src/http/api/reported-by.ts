import { z } from 'zod';
import { defined } from '../../homework/defined.ts';
import type { HttpTenant } from '../app-options.ts';

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

/** The systems that the tenant knows. */
export type Sources = Pick<HttpTenant, 'sources'>;

/** Who told it; undefined for what people made in the app. */
export function reportedBy(
  { via }: { readonly via?: string | undefined },
  person: string | undefined,
  { sources }: Sources,
): ReportedBy | undefined {
  if (via === undefined) return undefined;
  const name = sources.find(({ clientId }) => clientId === via)?.name ?? via;
  return { ...defined({ person }), source: { clientId: via, name } };
}

/** The same value as answers show it: `via` told in words, and whom it named kept apart. */
export function withReporter<Of extends { readonly via?: string }>(
  value: Of,
  person: string | undefined,
  sources: Sources,
): Omit<Of, 'via'> & { readonly reportedBy?: ReportedBy } {
  const { via: _told, ...rest } = value;
  const told = reportedBy(value, person, sources);
  return told === undefined ? rest : { ...rest, reportedBy: told };
}
