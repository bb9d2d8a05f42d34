import { isObject } from '../ehr/fhir-json.ts';
import type { Artefact } from '../homework/model.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { ScopeLetter } from '../landing/granted-scopes.ts';
import type { LandingRow } from '../landing/landing-table.ts';
import { toldInReport } from '../landing/told-in-report.ts';
import type { Landing, ObservationRows, VendorTraits } from '../landing/vendor-traits.ts';
import { type Carrier, carrierOf } from './carrier.ts';
import { type ClaimedGroup, type ClaimedRow, mayStand, type RowResult } from './claimed-group.ts';
import type { EncounterChoice } from './find-encounter.ts';
import type { KnownReference } from './load-references.ts';
import { referencesIn, replaceReferences, type TextReference } from './replace-references.ts';
import { rewriteReferences } from './rewrite-references.ts';
import { shapeContent } from './shape-content.ts';
import { parseContent } from './wire-text.ts';

/** One resource to be written, as JSON text with our id, its references already those of the EHR. */
export interface PlannedWrite {
  readonly row: ClaimedRow;
  readonly landing: Landing;
  /** What it is in this EHR: a report may be a DocumentReference or a Communication. */
  readonly resourceType: string;
  /** Whose token writes it; absent: the service's own. */
  readonly carrier?: Carrier | undefined;
  /** References to others of this sending that don't stand in the EHR yet are their `urn`s. */
  readonly content: string;
  /** Stands for this resource until the EHR has given it an id. */
  readonly urn: string;
  /** The urns that must be resolved before this can stand alone. */
  readonly needs: readonly string[];
  /** Element paths at which a reference had to be left out for now. */
  readonly leftOut: ReadonlySet<string>;
  /** It may stand in the EHR although we hold no reference to it: an earlier attempt had no clear end. */
  readonly mayStand: boolean;
}

/** What to do with a claimed group. */
export interface SendingPlan {
  /** Decided without a request. */
  readonly settled: readonly RowResult[];
  readonly writes: readonly PlannedWrite[];
}

/** What an EHR is, as far as sending depends on it. */
export interface SendingContext {
  readonly landings: ReadonlyMap<Artefact, LandingRow>;
  readonly capabilities: Capabilities;
  readonly traits: VendorTraits;
  readonly observationRows: ObservationRows;
}

/** What is known of the patient's side at this moment. */
export interface PatientContext {
  /** Who could carry what the service may not write itself. */
  readonly carriers: readonly Carrier[];
  /** Present where something of the group must name an encounter. */
  readonly encounter?: EncounterChoice | undefined;
}

/** References that may be missing for now: when their target lands, the referrer is wanted again. */
const soft = new Set(['Task.output.valueReference', 'CarePlan.activity.outcomeReference', 'CarePlan.goal']);
const mayReferSoftly = new Set([...soft].map((path) => path.slice(0, path.indexOf('.'))));

/** Why a row waits whose reference is to a row of its own group that could not be sent. */
export const ORPHAN_REASON = 'for what it refers to, in the same group';
/** Why a row waits that has no resource of its own in this EHR. */
export const NOTE_REASON = 'goes into the next between-session report';
/** Why a row waits that only a person's token may write. */
export const PERSON_REASON =
  "for a person's token: this service's own scopes don't cover it; it is written when a clinician opens this patient";

/**
 * Decides for each row of a group whether and as what it is written. Pure: the same rows, references and landings give
 * the same plan, but for the placeholders that `uuid` makes.
 */
export function planSending(
  group: ClaimedGroup,
  references: ReadonlyMap<string, KnownReference>,
  context: SendingContext,
  patient: PatientContext,
  uuid: () => string,
): SendingPlan {
  const settled: RowResult[] = [];
  const open = new Map<string, Open>();
  for (const row of group.rows) {
    const decided = decide(row, mayStand(group, row), context, patient);
    if ('result' in decided) settled.push(decided.result);
    else open.set(key(row), { ...decided, row, urn: `urn:uuid:${uuid()}` });
  }
  const writes: PlannedWrite[] = [];
  for (const one of open.values()) {
    const { row, landing, urn, resourceType, carrier } = one;
    const rewritten = replaceAll(one, open, references) ?? rewriteEach(one, open, references, context);
    if (rewritten.missing.length > 0) {
      const reason = `for its ${[...new Set(rewritten.missing)].join(', ')} to land first`;
      settled.push({ ...nothing(row, landing), state: 'waiting', reason, comesBack: true });
      continue;
    }
    const { content, needs, leftOut } = rewritten;
    const known = { needs: [...needs], leftOut, mayStand: mayStand(group, row) };
    writes.push({ row, landing, resourceType, content, urn, ...known, ...(carrier === undefined ? {} : { carrier }) });
  }
  return { settled, writes: withoutOrphans(writes, settled) };
}

/** A row that is to be written. */
interface Open extends Decided {
  readonly row: ClaimedRow;
  readonly urn: string;
}

/** How a row is written. */
interface Decided {
  readonly content: string;
  readonly references: readonly TextReference[];
  readonly landing: Landing;
  readonly resourceType: string;
  readonly carrier?: Carrier | undefined;
}

/** A resource with the references that it has in the EHR. */
interface Rewritten {
  readonly content: string;
  readonly needs: ReadonlySet<string>;
  readonly leftOut: ReadonlySet<string>;
  /** What it must wait for. */
  readonly missing: readonly string[];
}

const none: ReadonlySet<string> = new Set();

/** The usual case, where every reference has its replacement: in the text. undefined: some reference needs a decision. */
function replaceAll(
  { content, references: found, resourceType }: Open,
  open: ReadonlyMap<string, Open>,
  references: ReadonlyMap<string, KnownReference>,
): Rewritten | undefined {
  const replacements = new Map<string, string>();
  const needs = new Set<string>();
  for (const { reference } of found) {
    if (replacements.has(reference)) continue;
    const sibling = open.get(reference);
    const known = references.get(reference);
    const stands = sibling?.row.ehrReference ?? known?.ehrReference ?? undefined;
    if (stands !== undefined) replacements.set(reference, stands);
    else if (sibling !== undefined && !mayReferSoftly.has(resourceType)) {
      needs.add(sibling.urn);
      replacements.set(reference, sibling.urn);
    } else if (sibling !== undefined || known?.ours !== false) return undefined;
  }
  return { content: replaceReferences(content, replacements, found), needs, leftOut: none, missing: [] };
}

function rewriteEach(
  { row, content }: Open,
  open: ReadonlyMap<string, Open>,
  references: ReadonlyMap<string, KnownReference>,
  context: SendingContext,
): Rewritten {
  const needs = new Set<string>();
  const leftOut = new Set<string>();
  const missing: string[] = [];
  const resource = rewriteReferences(parseContent(content, row), (reference, path) => {
    const sibling = open.get(reference);
    const known = references.get(reference);
    const stands = sibling?.row.ehrReference ?? known?.ehrReference;
    if (stands !== undefined && stands !== null) return stands;
    if (sibling !== undefined && !soft.has(path)) {
      needs.add(sibling.urn);
      return sibling.urn;
    }
    if (known?.ours === false) return reference;
    if (soft.has(path)) leftOut.add(path.replace(/\.value[A-Z]\w*$/, ''));
    else if (resolvable(known, context)) {
      missing.push(`${known?.artefact ?? 'artefact'} (${known?.state ?? 'not yet wanted'})`);
    }
    return undefined;
  });
  return { content: JSON.stringify(resource), needs, leftOut, missing };
}

/** A row that waits takes with it those of its group that need it. */
function withoutOrphans(writes: PlannedWrite[], settled: RowResult[]): PlannedWrite[] {
  let kept = writes;
  for (;;) {
    const there = new Set(kept.map(({ urn }) => urn));
    const orphans = kept.filter(({ needs }) => needs.some((urn) => !there.has(urn)));
    if (orphans.length === 0) return kept;
    for (const { row, landing } of orphans) {
      settled.push({ ...nothing(row, landing), state: 'waiting', reason: ORPHAN_REASON, comesBack: true });
    }
    kept = kept.filter((write) => !orphans.includes(write));
  }
}

function decide(
  row: ClaimedRow,
  unresolved: boolean,
  context: SendingContext,
  patient: PatientContext,
): { result: RowResult } | Decided {
  const by = context.landings.get(row.artefact);
  const landing = by?.landing ?? 'app-only';
  const result = (state: RowResult['state'], reason: string, more: Partial<RowResult> = {}): { result: RowResult } => ({
    result: { ...nothing(row, landing), state, reason, ...more },
  });
  if (row.withdraw && row.ehrReference !== null) {
    return result('withdrawn', `version ${row.landed} already stands in the EHR; correct it there`);
  }
  if (row.withdraw && !unresolved) return result('withdrawn', 'withdrawn before it was sent');
  if (by === undefined || landing === 'app-only') return result('landed', by?.reason ?? 'it stays in the app');
  if (by.doors !== undefined && !by.doors.includes(row.resourceType)) {
    const reason = `this EHR takes no ${row.resourceType}; the signal goes by ${by.doors.join(', ')}`;
    return result('landed', reason, { landing: 'app-only' });
  }
  if (toldInReport(row.artefact, landing)) return result('waiting', NOTE_REASON);
  if (row.content === null) return result('rejected', 'the record holds no resource for this artefact');
  if (
    landing === 'observation' &&
    context.traits.finalObservationsOnly &&
    parseContent(row.content, row).status === 'preliminary'
  ) {
    return result('waiting', 'preliminary: it is filed once it is final');
  }
  const shaped = shapeContent(row, row.content, landing, context, foundEncounter(patient));
  if (shaped === undefined) return withoutRow(row, context, result);
  const { resourceType, content } = shaped;
  const updates = context.capabilities.interactions[resourceType]?.includes('update') === true;
  if (row.ehrReference !== null && row.landed > 0 && !updates && row.artefact !== 'report') {
    return result('rejected', `the EHR takes no update of ${resourceType}; version ${row.landed} stands there`);
  }
  const { encounter } = patient;
  if (encounter !== undefined && 'waits' in encounter && context.traits.needsEncounter.includes(resourceType)) {
    return result('waiting', encounter.waits, { comesBack: encounter.comesBack });
  }
  const references = shaped.changed ? referencesIn(content) : row.references;
  const decided: Decided = { content, references, landing, resourceType };
  if (by.identity !== 'delegated') return decided;
  const need = { artefact: row.artefact, type: resourceType, ...lettersFor(row, content, resourceType) };
  const carrier = carrierOf(patient.carriers, need);
  return carrier === undefined ? result('waiting', PERSON_REASON) : { ...decided, carrier };
}

function foundEncounter({ encounter }: PatientContext): string | undefined {
  return encounter !== undefined && 'found' in encounter ? encounter.found : undefined;
}

/** A measure for whose code the customer built no row: the report tells it, where there is one. */
function withoutRow(
  row: ClaimedRow,
  { landings }: SendingContext,
  result: (state: RowResult['state'], reason: string, more?: Partial<RowResult>) => { result: RowResult },
): { result: RowResult } {
  const report = landings.get('report')?.landing ?? 'app-only';
  if (report === 'app-only') return result('landed', 'no row is built for its code here', { landing: 'app-only' });
  return result('waiting', NOTE_REASON, { landing: report });
}

/** What a scope must allow for this write; an Observation's by its category. */
function lettersFor(
  row: ClaimedRow,
  content: string,
  resourceType: string,
): { readonly letter: ScopeLetter; readonly category?: string } {
  const letter = row.ehrReference !== null && row.landed > 0 ? 'u' : 'c';
  if (resourceType !== 'Observation') return { letter };
  const categories = parseContent(content, row).category;
  const [first] = Array.isArray(categories) ? categories : [];
  const [coding] = isObject(first) && Array.isArray(first.coding) ? first.coding.filter(isObject) : [];
  return typeof coding?.code === 'string' ? { letter, category: coding.code } : { letter };
}

/** Whether the target of a reference will ever have a resource of its own in this EHR. */
function resolvable(known: KnownReference | undefined, { landings }: SendingContext): boolean {
  if (known === undefined || known.artefact === null) return false;
  const landing = landings.get(known.artefact)?.landing;
  return landing !== undefined && landing !== 'app-only' && !toldInReport(known.artefact, landing);
}

/** A result that changes nothing but what is spread over it. */
export function nothing(row: ClaimedRow, landing: Landing): RowResult {
  return {
    artefact: row.artefact,
    id: row.id,
    version: row.wanted,
    state: 'pending',
    landing,
    reason: null,
    ehrReference: null,
    ehrVersion: null,
    status: null,
    outcome: null,
    wasSent: false,
    comesBack: false,
  };
}

function key(row: ClaimedRow): string {
  return `${row.resourceType}/${row.id}`;
}
