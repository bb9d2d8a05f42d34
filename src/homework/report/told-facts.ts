import type { Instant, PlanState, Report } from '../model.ts';
import type { ToldFact } from './report-model.ts';

/** A list of reports is never changed in place, so what was read of it holds as long as it is there. */
const read = new WeakMap<readonly Report[], ReadonlyMap<string, ToldFact>>();

/** What the reports and addenda of a plan have said last of each artefact, by `<artefact>/<id>`. */
export function toldFacts({ reports }: Pick<PlanState, 'reports'>): ReadonlyMap<string, ToldFact> {
  const known = read.get(reports);
  if (known !== undefined) return known;
  const facts = new Map<string, ToldFact>();
  for (const { content } of [...reports].sort((a, b) => a.createdAt.localeCompare(b.createdAt)))
    for (const fact of content?.told ?? []) facts.set(factKey(fact), fact);
  read.set(reports, facts);
  return facts;
}

export function factKey({ artefact, id }: Pick<ToldFact, 'artefact' | 'id'>): string {
  return `${artefact}/${id}`;
}

/** The report, not an addendum, that speaks of a time; of several the one filed last. */
export function reportOfTime({ reports }: Pick<PlanState, 'reports'>, at: Instant): Report | undefined {
  let last: Report | undefined;
  // asked of every log of a plan, so nothing is sorted for it
  for (const report of reports) {
    const speaks = report.addendumTo === undefined && at >= report.from && at <= report.to;
    if (speaks && (last === undefined || report.createdAt > last.createdAt)) last = report;
  }
  return last;
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
