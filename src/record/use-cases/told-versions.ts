import type { Report } from '../../homework/model.ts';

/** The highest version of each artefact that these reports tell, by `artefact/id`. */
export function toldVersions(reports: readonly Pick<Report, 'members'>[]): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  for (const { artefact, id, version } of reports.flatMap(({ members }) => members))
    told.set(`${artefact}/${id}`, Math.max(version, told.get(`${artefact}/${id}`) ?? 0));
  return told;
}
