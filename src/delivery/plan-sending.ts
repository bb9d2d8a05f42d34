import { isToldInReport } from '../landing/is-told-in-report.ts';
import type { Landing } from '../landing/vendor-traits.ts';
import type { Carrier } from './carrier.ts';
import { type ClaimedGroup, type ClaimedRow, mayStand, nothing, type RowResult } from './claimed-group.ts';
import { type Decided, decideSending } from './decide-sending.ts';
import type { KnownReference } from './load-references.ts';
import { replaceAt } from './replace-references.ts';
import { rewriteReferences } from './rewrite-references.ts';
import type { PatientContext, SendingContext } from './sending-context.ts';
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

/** References that may be missing for now: when their target lands, the referrer is wanted again. */
const soft = new Set([
  'Task.output.valueReference',
  'CarePlan.activity.outcomeReference',
  'CarePlan.goal',
  // a safety signal waits for nothing, not even for the log that raised it: what is left is the log's identifier
  'Flag.extension.valueReference',
  'DocumentReference.relatesTo.target',
]);
const mayReferSoftly = new Set([...soft].map((path) => path.slice(0, path.indexOf('.'))));

/** Why a row waits whose reference is to a row of its own group that could not be sent. */
export const ORPHAN_REASON = 'for what it refers to, in the same group';
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
    const decided = decideSending(row, mayStand(group, row), context, patient);
    if ('result' in decided) settled.push(decided.result);
    else {
      const written = decided.anew ? { ...row, ehrReference: null, ehrVersion: null, landed: 0 } : row;
      open.set(row.name, { ...decided, row: written, urn: `urn:uuid:${uuid()}` });
    }
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
  let needs: Set<string> | undefined;
  let undecided = false;
  const replaced = replaceAt(content, found, (reference) => {
    const sibling = open.get(reference);
    const known = references.get(reference);
    const stands = sibling?.row.ehrReference ?? known?.ehrReference ?? undefined;
    if (stands !== undefined) return stands;
    if (sibling !== undefined && !mayReferSoftly.has(resourceType)) {
      needs ??= new Set();
      needs.add(sibling.urn);
      return sibling.urn;
    }
    if (sibling !== undefined || known?.ours !== false) undecided = true;
    return undefined;
  });
  return undecided ? undefined : { content: replaced, needs: needs ?? none, leftOut: none, missing: [] };
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

/** Whether the target of a reference will ever have a resource of its own in this EHR. */
function resolvable(known: KnownReference | undefined, { landings }: SendingContext): boolean {
  if (known === undefined || known.artefact === null) return false;
  const landing = landings.get(known.artefact)?.landing;
  return landing !== undefined && landing !== 'app-only' && !isToldInReport(known.artefact, landing);
}
