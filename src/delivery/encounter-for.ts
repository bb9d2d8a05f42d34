import type { Ehr } from '../ehr/open-ehr.ts';
import type { Carrier } from './carrier.ts';
import type { ClaimedGroup, ClaimedRow } from './claimed-group.ts';
import { type EncounterChoice, findEncounter } from './find-encounter.ts';
import { parseContent } from './wire-text.ts';

/** The encounter that a group must name: of those since the oldest of it was written, by the tenant's rule. */
export async function encounterFor(
  { ehr, group, now }: { readonly ehr: Ehr; readonly group: ClaimedGroup; readonly now: () => Date },
  carrier: Carrier | undefined,
): Promise<EncounterChoice> {
  const since = new Date(Math.min(now().getTime(), ...group.rows.map(writtenAt)));
  const access = carrier === undefined ? ehr : ehr.as(carrier);
  return findEncounter(access, ehr.encounterRule, { patientId: group.patientId, since, timeZone: ehr.timeZone });
}

/** When what the row holds was written, in milliseconds: a report's date, a measure's issue. */
function writtenAt(row: ClaimedRow): number {
  const resource = row.content === null ? undefined : parseContent(row.content, row);
  const at = Date.parse(String(resource?.date ?? resource?.issued));
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}
