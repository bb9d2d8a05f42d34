import type { EhrFailure } from '../ehr/failure.ts';
import { type FhirJson, isObject } from '../ehr/fhir-json.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { PlannedWrite } from './plan-sending.ts';
import { searchesFor } from './searches-for.ts';
import { identifierIn, parseContent } from './wire-text.ts';

/** What stands in the EHR for one planned write. */
export type Found =
  | { readonly found: 'one'; readonly reference: string; readonly version?: string; readonly resource: FhirJson }
  | { readonly found: 'none' }
  /** More than one, or no search that could tell: a person must decide. */
  | { readonly found: 'undecided'; readonly reason: string };

export type LookUpAnswer =
  | { readonly ok: true; readonly byUrn: ReadonlyMap<string, Found> }
  | { readonly ok: false; readonly failure: EhrFailure };

/** A write to look up; `reference` when it is known where it should stand. */
export interface Sought {
  readonly write: PlannedWrite;
  readonly reference?: string | undefined;
}

/**
 * Finds what the EHR already holds of these writes: by reference when we have one, else by identifier where that can be
 * searched, else by patient with what else the type offers, and our mark in the content.
 */
export async function lookUp(ehr: Ehr, capabilities: Capabilities, sought: readonly Sought[]): Promise<LookUpAnswer> {
  const byUrn = new Map<string, Found>();
  const reads = sought.filter(({ reference }) => reference !== undefined);
  const failures: EhrFailure[] = [];
  await Promise.all(
    reads.map(async ({ write, reference = '' }) => {
      const answer = await ehr.read(write.row.resourceType, reference.slice(reference.indexOf('/') + 1));
      if (answer.ok) byUrn.set(write.urn, one(answer.resource, reference, answer.version));
      else if (answer.failure.status === 404 || answer.failure.status === 410) byUrn.set(write.urn, { found: 'none' });
      else failures.push(answer.failure);
    }),
  );
  const rest = sought.filter(({ reference }) => reference === undefined).map(({ write }) => write);
  const searches = searchesFor(rest, capabilities);
  for (const { write, reason } of searches.impossible) byUrn.set(write.urn, { found: 'undecided', reason });
  await Promise.all(
    searches.possible.map(async ({ type, parameters, writes }) => {
      const answer = await ehr.search(type, parameters);
      if (!answer.ok) {
        failures.push(answer.failure);
        return;
      }
      for (const write of writes) byUrn.set(write.urn, pick(write, answer.resources));
    }),
  );
  const [failure] = failures;
  return failure === undefined ? { ok: true, byUrn } : { ok: false, failure };
}

function pick(write: PlannedWrite, candidates: readonly FhirJson[]): Found {
  const identifier = identifierIn(write.content, write.row);
  const mark =
    write.row.resourceType === 'DocumentReference' ? markOf(parseContent(write.content, write.row)) : undefined;
  const isMine = (candidate: FhirJson): boolean =>
    mark !== undefined && candidate.resourceType === 'DocumentReference'
      ? hasMark(candidate, mark)
      : hasIdentifier(candidate, identifier);
  const matches = new Map(candidates.filter(isMine).map((one) => [one.id ?? '', one]));
  if (matches.size > 1) {
    const reason = `the EHR holds ${matches.size} of this ${write.row.resourceType}: ${[...matches.keys()].join(', ')}`;
    return { found: 'undecided', reason };
  }
  const [match] = matches.values();
  return match === undefined ? { found: 'none' } : one(match, `${match.resourceType}/${match.id}`, undefined);
}

/** A note is known by the mark of this version in its text; anything else by its identifier. */
function hasMark(candidate: FhirJson, mark: string): boolean {
  return notes(candidate).some((text) => text.split(/\r?\n/).some((line) => line.trim() === mark));
}

function hasIdentifier(candidate: FhirJson, identifier: string | undefined): boolean {
  if (identifier === undefined) return false;
  const list: unknown[] = Array.isArray(candidate.identifier) ? candidate.identifier : [candidate.identifier];
  return list.some((entry) => isObject(entry) && `${String(entry.system ?? '')}|${String(entry.value)}` === identifier);
}

function one(resource: FhirJson, reference: string, version: string | undefined): Found {
  const meta =
    isObject(resource.meta) && typeof resource.meta.versionId === 'string' ? resource.meta.versionId : undefined;
  const current = meta ?? version;
  return { found: 'one', reference, resource, ...(current === undefined ? {} : { version: current }) };
}

/** `[IS:<id>:v<n>]`, the last line of a note of ours. */
function markOf(note: FhirJson): string | undefined {
  return notes(note)
    .flatMap((text) => text.split(/\r?\n/))
    .findLast((line) => /^\[IS:[^\]]+:v\d+\]\s*$/.test(line))
    ?.trim();
}

function notes(documentReference: FhirJson): string[] {
  const content = Array.isArray(documentReference.content) ? documentReference.content.filter(isObject) : [];
  return content.flatMap(({ attachment }) =>
    isObject(attachment) && typeof attachment.data === 'string'
      ? [Buffer.from(attachment.data, 'base64').toString('utf8')]
      : [],
  );
}
