import type { Report } from '../../homework/model.ts';
import { openSignalsTitle } from '../../homework/report/report-content.ts';
import type { Actor } from '../actor.ts';
import { seesOnly, seesSafety } from '../store/own-reach.ts';

// as the text shows it: a line of its own; so it is also found in reports that were filed without their content as data
const heading = openSignalsTitle.toUpperCase();

/**
 * Whether a report is there for the actor: one that names open safety signals is not for a source system that is told of
 * none, nor for one that is told of its own alone, unless it filed the report itself (which then names only these).
 */
export function mayReadReport(actor: Actor, { text, via }: Pick<Report, 'text' | 'via'>): boolean {
  if (actor.type !== 'source' || !text.split('\n').includes(heading)) return true;
  return seesSafety(actor) && (seesOnly(actor) === undefined || via === actor.clientId);
}

/**
 * The same as a condition on a row of `resource`: no such report, and no Provenance of one. `resource` is the row's alias, the
 * others bound values: who reads (`actorKey`), whose alone they see (null: all), whether they are told of safety.
 */
export function noReportOfOthersSafety(
  resource: string,
  { reader, owner, safety }: { readonly reader: string; readonly owner: string; readonly safety: string },
): string {
  return `(${resource}.type not in ('DocumentReference', 'Provenance') or (${safety}::boolean and ${owner}::text is null)
    or not exists (select from report told where told.tenant = ${resource}.tenant
      and told.id = case ${resource}.type when 'Provenance' then left(${resource}.id, -length('.told')) else ${resource}.id end
      and position(chr(10) || '${heading}' || chr(10) in told.body->>'text') > 0
      and (not ${safety}::boolean or told.made_by is distinct from ${reader}::text)))`;
}
