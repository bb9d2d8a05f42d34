import type { FhirJson } from '../ehr/fhir-json.ts';
import { parseLiteral } from '../fhir/parse-reference.ts';
import { isObject } from '../foundation/is-object.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { PlannedWrite } from './plan-sending.ts';
import { identifierIn, parseContent } from './wire-text.ts';

/** One search, and the writes whose counterparts it would find. */
export interface PlannedSearch {
  readonly type: string;
  readonly parameters: URLSearchParams;
  readonly writes: readonly PlannedWrite[];
}

/** Identifiers in one search: keeps the address well under 8 kB. */
const CHUNK = 20;
const DAY_MS = 86_400_000;

/**
 * Which searches find what already stands in an EHR that states these capabilities. By identifier, several at once,
 * where the server offers it; otherwise by patient, narrowed by what the type offers, and the caller compares content.
 */
export function searchesFor(
  writes: readonly PlannedWrite[],
  capabilities: Capabilities,
): { possible: PlannedSearch[]; impossible: PlannedWrite[] } {
  const possible: PlannedSearch[] = [];
  const impossible: PlannedWrite[] = [];
  for (const [type, same] of Map.groupBy(writes, ({ resourceType }) => resourceType)) {
    const offered = capabilities.searchParams[type] ?? [];
    const searchable = capabilities.interactions[type]?.includes('search-type') === true;
    if (
      searchable &&
      offered.includes('identifier') &&
      same.every(({ content, row }) => identifierIn(content, row) !== undefined)
    ) {
      for (let at = 0; at < same.length; at += CHUNK) {
        const chunk = same.slice(at, at + CHUNK);
        const identifiers = chunk.map(({ content, row }) => escapeToken(identifierIn(content, row) ?? ''));
        possible.push({ type, parameters: new URLSearchParams({ identifier: identifiers.join(',') }), writes: chunk });
      }
      continue;
    }
    const byPatient = searchable ? patientSearch(same, offered) : undefined;
    if (byPatient !== undefined) possible.push({ type, parameters: byPatient, writes: same });
    else impossible.push(...same);
  }
  return { possible, impossible };
}

function patientSearch(writes: readonly PlannedWrite[], offered: readonly string[]): URLSearchParams | undefined {
  const resources = writes.map(({ content, row }) => parseContent(content, row));
  const [first] = resources;
  const patient = first === undefined ? undefined : patientOf(first);
  if (patient === undefined) return undefined;
  const parameters = new URLSearchParams();
  if (offered.includes('patient')) parameters.set('patient', patient);
  else if (offered.includes('subject')) parameters.set('subject', `Patient/${patient}`);
  else if (offered.includes('recipient') && resources.every(({ recipient }) => namesPatient(recipient, patient))) {
    parameters.set('recipient', `Patient/${patient}`);
  } else return undefined;
  // a note is told by its type
  for (const element of ['code', 'type'] as const) {
    const tokens = resources.map((resource) => tokenOf(resource[element]));
    if (!offered.includes(element) || !tokens.every((token) => token !== undefined)) continue;
    parameters.set(element, [...new Set(tokens)].map((token) => escapeComma(token ?? '')).join(','));
  }
  const times = resources.map(timeOf);
  if (offered.includes('date') && times.every((time) => time !== undefined)) {
    // a day to either side: servers differ in how they read zones and fractions of a second
    const moments = times.filter((time) => time !== undefined);
    parameters.append('date', `ge${day(Math.min(...moments) - DAY_MS)}`);
    parameters.append('date', `le${day(Math.max(...moments) + DAY_MS)}`);
  }
  return parameters;
}

function patientOf(resource: FhirJson): string | undefined {
  for (const element of [resource.subject, resource.for]) {
    const reference = isObject(element) ? element.reference : undefined;
    if (typeof reference !== 'string') continue;
    // ours are relative; what is written to another server is not looked for in this one
    const named = parseLiteral(reference, {});
    return named.form === 'local' && named.type === 'Patient' ? named.id : undefined;
  }
  return undefined;
}

function namesPatient(recipients: unknown, patient: string): boolean {
  return (
    Array.isArray(recipients) &&
    recipients.some((recipient) => isObject(recipient) && recipient.reference === `Patient/${patient}`)
  );
}

/** When it happened: Observation.effective, DocumentReference.date. */
function timeOf(resource: FhirJson): number | undefined {
  const period = isObject(resource.effectivePeriod)
    ? (resource.effectivePeriod.start ?? resource.effectivePeriod.end)
    : undefined;
  const time = resource.effectiveDateTime ?? period ?? resource.date;
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function tokenOf(concept: unknown): string | undefined {
  const coding = isObject(concept) && Array.isArray(concept.coding) ? concept.coding.find(isObject) : undefined;
  return coding !== undefined && typeof coding.code === 'string'
    ? `${String(coding.system ?? '')}|${coding.code}`
    : undefined;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `$`, `,` and `|` inside a value are escaped; the bar between system and value is not. @see https://hl7.org/fhir/R4/search.html#escaping */
function escapeToken(token: string): string {
  const bar = token.indexOf('|');
  const part = (text: string): string => text.replace(/[\\$,|]/g, (char) => `\\${char}`);
  return `${part(token.slice(0, bar))}|${part(token.slice(bar + 1))}`;
}

function escapeComma(token: string): string {
  return token.replace(/,/g, '\\,');
}
