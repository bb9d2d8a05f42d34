import type { Report } from '../../homework/model.ts';
import type { Actor } from '../actor.ts';
import { seesOnly, seesSafety } from '../store/own-reach.ts';

// A report's content says whether it names signals. Of what was filed before that was kept, or came back from FHIR, only the
// text is there: this is the line that all of those have.
const formerHeading = 'OPEN SAFETY SIGNALS';

/**
 * Whether a report is there for the actor: one that names safety signals is not for a source system that is told of
 * none, nor for one that is told of its own alone, unless it filed the report itself (which then names only these).
 */
export function mayReadReport(actor: Actor, report: Pick<Report, 'content' | 'text' | 'via'>): boolean {
  const { content, text, via } = report;
  const namesSignals = content?.namesSignals ?? text.split('\n').includes(formerHeading);
  if (actor.type !== 'source' || !namesSignals) return true;
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
      and coalesce((told.body->'content'->>'namesSignals')::boolean,
        position(chr(10) || '${formerHeading}' || chr(10) in told.body->>'text') > 0)
      and (not ${safety}::boolean or told.made_by is distinct from ${reader}::text)))`;
}
