import type { LedgerState } from '../homework/ledger/ledger-state.ts';
import type { Missing, WaitingFor } from '../homework/ledger/row-reason.ts';
import type { Artefact } from '../homework/model.ts';
import { isToldInReport } from '../landing/is-told-in-report.ts';
import type { Landing } from '../landing/vendor-traits.ts';
import type { Carrier } from './carrier.ts';
import { type ClaimedGroup, type ClaimedRow, mayStand, type RowResult, stillPending } from './claimed-group.ts';
import { type Decided, decideSending } from './decide-sending.ts';
import { doubtOf } from './doubt.ts';
import { type KnownReference, ownPlace } from './load-references.ts';
import { placeholdersIn, type Replacement } from './replace-references.ts';
import { rewriteReferences } from './rewrite-references.ts';
import type { PatientContext, SendingContext } from './sending-context.ts';
import { parseContent } from './wire-text.ts';

/** One resource to be written. */
export interface PlannedWrite {
  readonly row: ClaimedRow;
  /** Whom it is about. */
  readonly patientId: string;
  readonly landing: Landing;
  /** What it is in this EHR: a report may be a DocumentReference or a Communication. */
  readonly resourceType: string;
  /** Whose token writes it; absent: the service's own. */
  readonly carrier?: Carrier | undefined;
  /** As JSON text with our id. */
  readonly content: string;
  /** What is to stand in its references' places: the EHR's own, or the `urn`s of others that don't stand there yet. */
  readonly replacements: readonly Replacement[];
  /** Stands for this resource until the EHR has given it an id. */
  readonly urn: string;
  /** The urns that must be resolved before this can stand alone. */
  readonly needs: readonly string[];
  /** Element paths at which a reference had to be left out for now. */
  readonly leftOut: ReadonlySet<string>;
  /** It may stand in the EHR although we hold no reference to it: an earlier attempt had no clear end. */
  readonly mayStand: boolean;
  /** The note there that this one takes the place of: both bear one identifier, and are told apart by their marks. */
  readonly follows?: string | undefined;
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
  const doubtAt = (row: ClaimedRow) => doubtOf(group, row, group.startedAt) ?? null;
  const settled: RowResult[] = [];
  const open = new Map<string, Open>();
  for (const row of group.rows) {
    const decided = decideSending(row, mayStand(group, row), context, patient);
    if ('result' in decided) {
      const { result } = decided;
      // what a report tells was never sent by itself
      const mayHaveBeenSent = result.state === 'waiting' && result.why?.code !== 'report';
      settled.push(mayHaveBeenSent ? { ...result, doubtAt: doubtAt(row) } : result);
    } else {
      const written = decided.anew
        ? { ...row, ehrReference: null, ehrVersion: null, landed: 0, lastStatus: null }
        : row;
      open.set(row.name, { decided, row: written, urn: `urn:uuid:${uuid()}` });
    }
  }
  const writes: PlannedWrite[] = [];
  for (const sendable of open.values()) {
    const { row, urn } = sendable;
    const { landing, resourceType, carrier, follows } = sendable.decided;
    const rewritten =
      replaceAll(sendable, open, references) ??
      rewriteEach(sendable, open, (name) => knownOf(name, group, references), context);
    if (rewritten.missing.length > 0) {
      const why = waitsFor(rewritten.missing);
      settled.push({ ...stillPending(row, landing), state: 'waiting', why, comesBack: true, doubtAt: doubtAt(row) });
      continue;
    }
    const { content, replacements, needs, leftOut } = rewritten;
    writes.push({
      row,
      patientId: group.patientId,
      landing,
      resourceType,
      carrier,
      content,
      replacements,
      urn,
      needs,
      leftOut,
      mayStand: mayStand(group, row),
      follows,
    });
  }
  // a row is an orphan only where another one of those decided on has to wait
  return { settled, writes: writes.length === open.size ? writes : withoutOrphans(writes, settled, doubtAt) };
}

/** A row that is to be written. */
interface Open {
  readonly decided: Decided;
  readonly row: ClaimedRow;
  readonly urn: string;
}

/** A resource with the references that it has in the EHR. */
interface Rewritten {
  readonly content: string;
  readonly replacements: readonly Replacement[];
  readonly needs: readonly string[];
  readonly leftOut: ReadonlySet<string>;
  /** What it must wait for. */
  readonly missing: readonly Missing[];
}

const nothingLeftOut: ReadonlySet<string> = new Set();
const nothingMissing: readonly Missing[] = [];

/** The usual case, where every reference has its replacement: the text stays. undefined: some reference needs a decision. */
function replaceAll(
  { decided: { content, references: found, resourceType } }: Open,
  open: ReadonlyMap<string, Open>,
  references: ReadonlyMap<string, KnownReference>,
): Rewritten | undefined {
  const needs: string[] = [];
  const replacements: Replacement[] = [];
  for (const { reference, start, end } of found) {
    const sibling = open.get(reference);
    const known = references.get(reference);
    const stands = sibling?.row.ehrReference ?? known?.ehrReference ?? undefined;
    if (stands !== undefined) replacements.push({ start, end, by: stands });
    else if (sibling !== undefined && !mayReferSoftly.has(resourceType)) {
      if (!needs.includes(sibling.urn)) needs.push(sibling.urn);
      replacements.push({ start, end, by: sibling.urn });
    } else if (sibling !== undefined || known?.ours !== false) return undefined;
  }
  return { content, replacements, needs, leftOut: nothingLeftOut, missing: nothingMissing };
}

/** What is known of a resource: of one of the same group that is not written now, as it was claimed. */
function knownOf(
  reference: string,
  group: ClaimedGroup,
  references: ReadonlyMap<string, KnownReference>,
): KnownReference | undefined {
  const own = group.rows.find(({ name }) => name === reference);
  if (own === undefined) return references.get(reference);
  const { artefact, state, ehrReference, content } = own;
  return { ours: content !== null, artefact, state, ehrReference: ownPlace(reference, ehrReference) };
}

function rewriteEach(
  { row, decided: { content, follows } }: Open,
  open: ReadonlyMap<string, Open>,
  knownOf: (reference: string) => KnownReference | undefined,
  context: SendingContext,
): Rewritten {
  const needs = new Set<string>();
  const leftOut = new Set<string>();
  const missing: Missing[] = [];
  const resource = rewriteReferences(parseContent(content, row), (reference, path) => {
    if (reference === follows) return reference;
    const sibling = open.get(reference);
    const known = knownOf(reference);
    const stands = sibling?.row.ehrReference ?? known?.ehrReference;
    if (stands !== undefined && stands !== null) return stands;
    if (sibling !== undefined && !soft.has(path)) {
      needs.add(sibling.urn);
      return sibling.urn;
    }
    if (known?.ours === false) return reference;
    if (soft.has(path)) leftOut.add(path.replace(/\.value[A-Z]\w*$/, ''));
    else if (resolvable(known, context)) missing.push({ artefact: known.artefact, state: known.state });
    return undefined;
  });
  const text = JSON.stringify(resource);
  return { content: text, replacements: placeholdersIn(text), needs: [...needs], leftOut, missing };
}

/** Each thing that is missing once; a plan's own parts are what most wait for. */
function waitsFor(all: readonly Missing[]): WaitingFor {
  const missing = [...new Map(all.map((target) => [`${target.artefact} ${target.state}`, target])).values()];
  const ofPlan = missing.every(({ artefact }) => planParts.has(artefact));
  return { code: ofPlan ? 'plan' : 'referenced', missing };
}

const planParts: ReadonlySet<Artefact> = new Set(['plan', 'assignment', 'occurrence']);

/** A row that waits takes with it those of its group that need it. */
function withoutOrphans(
  writes: PlannedWrite[],
  settled: RowResult[],
  doubtAt: (row: ClaimedRow) => Date | null,
): PlannedWrite[] {
  let kept = writes;
  for (;;) {
    const there = new Set(kept.map(({ urn }) => urn));
    const orphans = kept.filter(({ needs }) => needs.some((urn) => !there.has(urn)));
    if (orphans.length === 0) return kept;
    for (const { row, landing } of orphans) {
      const waits = { state: 'waiting', why: { code: 'group' }, comesBack: true, doubtAt: doubtAt(row) } as const;
      settled.push({ ...stillPending(row, landing), ...waits });
    }
    kept = kept.filter((write) => !orphans.includes(write));
  }
}

/** Whether the target of a reference will ever have a resource of its own in this EHR. */
function resolvable(
  known: KnownReference | undefined,
  { landings }: SendingContext,
): known is KnownReference & { readonly artefact: Artefact; readonly state: LedgerState } {
  if (known === undefined || known.artefact === null || known.state === null) return false;
  const landing = landings.get(known.artefact)?.landing;
  return landing !== undefined && landing !== 'app-only' && !isToldInReport(known.artefact, landing);
}
