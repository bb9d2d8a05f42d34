import type { Instant, PlanState, Report } from '../model.ts';
import type { ToldFact } from './report-model.ts';

/** What the reports and addenda of a plan have said last of each artefact, by `<artefact>/<id>`. */
export function toldFacts({ reports }: Pick<PlanState, 'reports'>): ReadonlyMap<string, ToldFact> {
  const facts = new Map<string, ToldFact>();
  for (const { content } of [...reports].sort((a, b) => a.createdAt.localeCompare(b.createdAt)))
    for (const fact of content?.told ?? []) facts.set(factKey(fact), fact);
  return facts;
}

export function factKey({ artefact, id }: Pick<ToldFact, 'artefact' | 'id'>): string {
  return `${artefact}/${id}`;
}

/** The report, not an addendum, that speaks of a time; of several the one filed last. */
export function reportOfTime({ reports }: Pick<PlanState, 'reports'>, at: Instant): Report | undefined {
  return [...reports]
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .find(({ addendumTo, from, to }) => addendumTo === undefined && at >= from && at <= to);
}

/** The last report that is not an addendum, by the end of its period. */
export function lastReport({ reports }: Pick<PlanState, 'reports'>): Report | undefined {
  return reports
    .filter(({ addendumTo }) => addendumTo === undefined)
    .reduce<Report | undefined>(
      (last, report) => (last === undefined || report.to >= last.to ? report : last),
      undefined,
    );
}
