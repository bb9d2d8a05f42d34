import type { EhrAccess } from '../ehr/ehr-access.ts';
import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { FhirJson } from '../ehr/fhir-json.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import { isAboutPatient } from '../fhir/names-patient.ts';
import { dateRange } from '../fhir/search/date-range.ts';
import { isObject } from '../foundation/is-object.ts';
import type { WaitingFor } from '../homework/ledger/row-reason.ts';

/** The encounter that a write must name, or what it has to wait for. */
export type EncounterChoice =
  | { readonly found: string }
  | { readonly waits: WaitingFor /** Whether to look again by ourselves. */; readonly comesBack: boolean }
  | { readonly unreachable: true; readonly failure: EhrFailure };

/** Of an encounter that is going on: a patient on leave comes back to it. */
const open = ['in-progress', 'onleave'] as const;

/**
 * Finds the encounter by the tenant's rule: `latest-open` – the one that began last and is still open; `next-opened` –
 * the first that began after `since`; `ask` – none but the one a person chose.
 * @param since when what is to be filed was wanted
 * @param timeZone of the clinic: an encounter that says its day alone may have begun at any time of that day there
 * @see https://hl7.org/fhir/R4/encounter.html
 */
export async function findEncounter(
  access: EhrAccess,
  rule: Ehr['encounterRule'],
  { patientId, since, timeZone }: { readonly patientId: string; readonly since: Date; readonly timeZone: string },
): Promise<EncounterChoice> {
  if (rule === 'ask') return { waits: { code: 'encounter-choice' }, comesBack: false };
  const answer = await access.search('Encounter', new URLSearchParams({ patient: patientId, status: open.join(',') }));
  if (!answer.ok) {
    const refused = answer.failure.disposition === 'reject';
    return refused
      ? { waits: { code: 'encounter-access' }, comesBack: false }
      : { unreachable: true, failure: answer.failure };
  }
  const found = answer.resources
    // an EHR that ignores a parameter answers with other patients' encounters
    .filter((encounter) => isAboutPatient(encounter, patientId, { ehr: access.base }))
    .filter(({ status }) => open.some((text) => text === status))
    .map((encounter) => ({ id: encounter.id, ...beganBetween(encounter, timeZone) }))
    .filter(({ id, latest }) => id !== undefined && (rule === 'latest-open' || latest >= since.getTime()))
    .sort((a, b) => (rule === 'latest-open' ? b.earliest - a.earliest : a.earliest - b.earliest));
  const [chosen] = found;
  if (chosen?.id !== undefined) return { found: `Encounter/${chosen.id}` };
  return { waits: { code: 'encounter', rule }, comesBack: true };
}

/** Between which milliseconds it began; an encounter that does not say when is the oldest. */
function beganBetween({ period }: FhirJson, timeZone: string): { readonly earliest: number; readonly latest: number } {
  const said = isObject(period) && typeof period.start === 'string' ? dateRange(period.start, timeZone) : undefined;
  if (said === undefined) return { earliest: Number.NEGATIVE_INFINITY, latest: Number.NEGATIVE_INFINITY };
  return { earliest: Date.parse(said.low), latest: Date.parse(said.high) };
}
