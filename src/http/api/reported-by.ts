import type { ReportedBy } from '../../contract/told.ts';
import { defined } from '../../foundation/defined.ts';
import type { HttpTenant } from '../app-options.ts';

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
