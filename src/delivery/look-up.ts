import type { EhrAccess } from '../ehr/ehr-access.ts';
import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { FhirJson } from '../ehr/fhir-json.ts';
import { defined } from '../foundation/defined.ts';
import { isEhrId } from '../foundation/ehr-id.ts';
import { isObject } from '../foundation/is-object.ts';
import type { ReasonOf } from '../homework/ledger/row-reason.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { PlannedWrite } from './plan-sending.ts';
import { searchesFor } from './searches-for.ts';
import { type Patient, type Whose, whoseIs } from './whose.ts';
import { identifierIn, parseContent } from './wire-text.ts';

/** What stands in the EHR for one planned write. */
export type Found =
  | {
      readonly found: 'one';
      readonly reference: string;
      readonly version?: string;
      readonly resource: FhirJson;
      /** It was found by the mark of this very version in its text. */
      readonly byMark?: true;
    }
  | { readonly found: 'none' }
  /** It was there, or on its way, and is no more: 410. */
  | { readonly found: 'gone'; readonly outcome: string }
  /** More than one, another patient's, or no search that could tell: a person must decide. */
  | {
      readonly found: 'undecided';
      readonly why: ReasonOf<'several' | 'unnamed' | 'unsearchable' | 'foreign'>;
    };

export type LookUpAnswer =
  | { readonly ok: true; readonly byUrn: ReadonlyMap<string, Found> }
  | { readonly ok: false; readonly failure: EhrFailure };

/** A write to look up; `reference` when it is known where it should stand. */
export interface Sought {
  readonly write: PlannedWrite;
  readonly reference?: string | undefined;
  /** Where it may stand by what is not believed by itself: it is read, and counts only under our identifier or mark. */
  readonly mayStandAt?: string | undefined;
}

export interface LookUpOptions {
  readonly capabilities: Capabilities;
  /** Whose all of it is: what is found about anybody else is not ours, whatever identifier or mark it bears. */
  readonly patient: Patient;
}

/**
 * Finds what the EHR already holds of these writes: by reference when we have one, else by identifier where that can be
 * searched, else by patient with what else the type offers, and our mark in the content.
 */
export async function lookUp(
  ehr: EhrAccess,
  { capabilities, patient }: LookUpOptions,
  sought: readonly Sought[],
): Promise<LookUpAnswer> {
  const whose = (resource: FhirJson) => whoseIs(resource, patient, ehr.base);
  const byUrn = new Map<string, Found>();
  const reads = sought.filter(({ reference }) => reference !== undefined);
  const failures: EhrFailure[] = [];
  // not where we knew it: it may be elsewhere
  const lost: PlannedWrite[] = [];
  // not the EHR's word that it is not there: what a search finds counts, that it finds nothing does not
  const unsaid = new Map<string, EhrFailure>();
  await Promise.all(
    reads.map(async ({ write, reference = '' }) => {
      const answer = await ehr.read(write.resourceType, reference.slice(reference.indexOf('/') + 1));
      if (answer.ok) {
        const there = asFound(answer.resource, reference, answer.version);
        const marked = await bearsMark(ehr, write, answer.resource);
        if (typeof marked === 'object') failures.push(marked);
        else byUrn.set(write.urn, ownOnly(marked ? { ...there, byMark: true } : there, whose));
      } else if (answer.failure.status === 404) {
        lost.push(write);
        if (answer.failure.stranger !== undefined) unsaid.set(write.urn, answer.failure);
      } else if (answer.failure.status === 410 && answer.failure.stranger === undefined) {
        byUrn.set(write.urn, { found: 'gone', outcome: answer.failure.outcome });
      } else failures.push(answer.failure);
    }),
  );
  const rest = [...sought.filter(({ reference }) => reference === undefined).map(({ write }) => write), ...lost];
  const searches = searchesFor(rest, capabilities);
  for (const { urn, resourceType: type } of searches.impossible) {
    byUrn.set(urn, { found: 'undecided', why: { code: 'unsearchable', type } });
  }
  await Promise.all(
    searches.possible.map(async ({ type, parameters, writes }) => {
      const answer = await ehr.search(type, parameters);
      if (!answer.ok) {
        failures.push(answer.failure);
        return;
      }
      for (const write of writes) {
        const picked = await pick(ehr, write, { candidates: answer.resources, whose });
        if ('disposition' in picked) failures.push(picked);
        else byUrn.set(write.urn, picked);
      }
    }),
  );
  await Promise.all(
    sought.map(async ({ write, mayStandAt }) => {
      if (mayStandAt === undefined || byUrn.get(write.urn)?.found === 'one') return;
      const there = await readAt(ehr, write, { reference: mayStandAt, whose });
      if (there !== undefined) byUrn.set(write.urn, there);
    }),
  );
  for (const [urn, failure] of unsaid) if (byUrn.get(urn)?.found !== 'one') failures.push(failure);
  const failure = failures.find(({ stranger }) => stranger !== undefined) ?? failures[0];
  return failure === undefined ? { ok: true, byUrn } : { ok: false, failure };
}

/** What stands at a place that was merely named, if it is ours. */
async function readAt(
  ehr: EhrAccess,
  write: PlannedWrite,
  { reference, whose }: { readonly reference: string; readonly whose: (resource: FhirJson) => Whose },
): Promise<Found | undefined> {
  const answer = await ehr.read(write.resourceType, reference.slice(reference.indexOf('/') + 1));
  if (!answer.ok) return undefined;
  const picked = await pick(ehr, write, { candidates: [answer.resource], whose });
  return 'disposition' in picked || picked.found !== 'one' ? undefined : picked;
}

/** Whether what a condition led to is this very version of a note: others bear the same identifier. */
async function bearsMark(ehr: EhrAccess, write: PlannedWrite, resource: FhirJson): Promise<boolean | EhrFailure> {
  const mark = write.row.ehrReference === null ? markOf(write) : undefined;
  if (mark === undefined) return false;
  const texts = await textsOf(ehr, resource);
  return Array.isArray(texts) ? texts.some((text) => hasMark(text, mark)) : texts;
}

async function pick(
  ehr: EhrAccess,
  write: PlannedWrite,
  { candidates, whose }: { candidates: readonly FhirJson[]; whose: (resource: FhirJson) => Whose },
): Promise<Found | EhrFailure> {
  const mark = markOf(write);
  const identifier = identifierIn(write.content, write.row);
  const matches = new Map<string, FhirJson>();
  for (const candidate of candidates) {
    const texts = mark === undefined ? [] : await textsOf(ehr, candidate);
    if (!Array.isArray(texts)) return texts;
    const isMine =
      mark === undefined ? hasIdentifier(candidate, identifier) : texts.some((text) => hasMark(text, mark));
    if (!isMine) continue;
    if (candidate.id === undefined || !isEhrId(candidate.id)) {
      return { found: 'undecided', why: { code: 'unnamed' } };
    }
    matches.set(candidate.id, candidate);
  }
  const own = [...matches.values()].filter((match) => whose(match) === 'own');
  if (own.length > 1) {
    const ids = own.flatMap(({ id }) => id ?? []);
    return { found: 'undecided', why: { code: 'several', type: write.resourceType, ids } };
  }
  const [match] = own.length > 0 ? own : matches.values();
  if (match === undefined) return { found: 'none' };
  const there = asFound(match, `${match.resourceType}/${match.id}`, undefined);
  return ownOnly(mark === undefined ? there : { ...there, byMark: true }, whose);
}

/** What stands there under our name is ours only if it is about our patient: else nothing of it is used, or written to. */
function ownOnly(found: Extract<Found, { found: 'one' }>, whose: (resource: FhirJson) => Whose): Found {
  const is = whose(found.resource);
  if (is === 'own') return found;
  const about = is === 'other' ? 'another-patient' : 'nobody';
  return { found: 'undecided', why: { code: 'foreign', place: found.reference, about } };
}

/** A note is known by the mark of this version in its text; anything else by its identifier. */
export function hasMark(text: string, mark: string): boolean {
  return text.split(/\r?\n/).some((line) => line.trim() === mark);
}

/** Whether it bears this identifier, given as `system|value`. */
export function hasIdentifier(candidate: FhirJson, identifier: string | undefined): boolean {
  if (identifier === undefined) return false;
  const list: unknown[] = Array.isArray(candidate.identifier) ? candidate.identifier : [candidate.identifier];
  return list.some((entry) => isObject(entry) && `${String(entry.system ?? '')}|${String(entry.value)}` === identifier);
}

function asFound(resource: FhirJson, reference: string, version: string | undefined): Extract<Found, { found: 'one' }> {
  const meta =
    isObject(resource.meta) && typeof resource.meta.versionId === 'string' ? resource.meta.versionId : undefined;
  const current = meta ?? version;
  return { found: 'one', reference, resource, ...defined({ version: current }) };
}

/** `[IS:<id>:v<n>]`, the last line of a note of ours, or of the message that stands for one. */
export function markOf({ content, row, resourceType }: PlannedWrite): string | undefined {
  if (resourceType !== 'DocumentReference' && resourceType !== 'Communication') return undefined;
  return inlineTexts(parseContent(content, row))
    .flatMap((text) => text.split(/\r?\n/))
    .findLast((line) => /^\[IS:[^\]]+:v\d+\]\s*$/.test(line))
    ?.trim();
}

/**
 * The texts of a note or message as the EHR holds it. Many keep an attachment as a Binary of its own, which is read, but
 * only from that EHR.
 * @returns the failure when one of them cannot be read now
 */
export async function textsOf(ehr: EhrAccess, resource: FhirJson): Promise<string[] | EhrFailure> {
  const texts = inlineTexts(resource);
  for (const attachment of attachments(resource)) {
    if (typeof attachment.data === 'string' || typeof attachment.url !== 'string') continue;
    if (typeof attachment.contentType === 'string' && !/^text\/(plain|html)|xhtml/.test(attachment.contentType))
      continue;
    const answer = await ehr.readLocation(attachment.url, 'Binary');
    if (answer?.ok === true && typeof answer.resource.data === 'string') texts.push(decode(answer.resource.data));
    else if (answer?.ok === false && answer.failure.disposition !== 'reject') return answer.failure;
  }
  return texts;
}

/** The texts of a note or message that stand in it itself, plain text first. */
export function inlineTexts(resource: FhirJson): string[] {
  const payload = Array.isArray(resource.payload) ? resource.payload.filter(isObject) : [];
  return [
    ...attachments(resource).flatMap(({ data }) => (typeof data === 'string' ? [decode(data)] : [])),
    ...payload.flatMap(({ contentString }) => (typeof contentString === 'string' ? [contentString] : [])),
  ];
}

function attachments(resource: FhirJson): Record<string, unknown>[] {
  const content = Array.isArray(resource.content) ? resource.content.filter(isObject) : [];
  return content.map(({ attachment }) => attachment).filter(isObject);
}

function decode(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}
