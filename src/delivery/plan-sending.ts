import type { Artefact } from '../homework/model.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { LandingRow } from '../landing/landing-table.ts';
import type { Landing, VendorTraits } from '../landing/vendor-traits.ts';
import { type ClaimedGroup, type ClaimedRow, mayStand, type RowResult } from './claimed-group.ts';
import type { KnownReference } from './load-references.ts';
import { replaceReferences } from './replace-references.ts';
import { rewriteReferences } from './rewrite-references.ts';
import { parseContent } from './wire-text.ts';

/** One resource to be written, as JSON text with our id, its references already those of the EHR. */
export interface PlannedWrite {
  readonly row: ClaimedRow;
  readonly landing: Landing;
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
}

/** References that may be missing for now: when their target lands, the referrer is wanted again. */
const soft = new Set([
  'Task.output.valueReference',
  'CarePlan.activity.outcomeReference',
  'CarePlan.goal',
  // a safety signal waits for nothing, not even for the log that raised it: what is left is the log's identifier
  'Flag.extension.valueReference',
]);
const mayReferSoftly = new Set([...soft].map((path) => path.slice(0, path.indexOf('.'))));

/** Why a row waits whose reference is to a row of its own group that could not be sent. */
export const ORPHAN_REASON = 'for what it refers to, in the same group';
/** Why a row waits that has no resource of its own in this EHR. */
export const NOTE_REASON = 'goes into the next between-session report';

/**
 * Decides for each row of a group whether and as what it is written. Pure: the same rows, references and landings give
 * the same plan, but for the placeholders that `uuid` makes.
 */
export function planSending(
  group: ClaimedGroup,
  references: ReadonlyMap<string, KnownReference>,
  context: SendingContext,
  uuid: () => string,
): SendingPlan {
  const settled: RowResult[] = [];
  const open = new Map<string, Open>();
  for (const row of group.rows) {
    const decided = decide(row, mayStand(group, row), context);
    if ('result' in decided) settled.push(decided.result);
    else open.set(key(row), { ...decided, row, urn: `urn:uuid:${uuid()}` });
  }
  const writes: PlannedWrite[] = [];
  for (const one of open.values()) {
    const { row, landing, urn } = one;
    const rewritten = replaceAll(one, open, references) ?? rewriteEach(one, open, references, context);
    if (rewritten.missing.length > 0) {
      const reason = `for its ${[...new Set(rewritten.missing)].join(', ')} to land first`;
      settled.push({ ...nothing(row, landing), state: 'waiting', reason, comesBack: true });
      continue;
    }
    const { content, needs, leftOut } = rewritten;
    writes.push({ row, landing, content, urn, needs: [...needs], leftOut, mayStand: mayStand(group, row) });
  }
  return { settled, writes: withoutOrphans(writes, settled) };
}

/** A row that is to be written. */
interface Open {
  readonly row: ClaimedRow;
  readonly content: string;
  readonly landing: Landing;
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
  { row, content }: Open,
  open: ReadonlyMap<string, Open>,
  references: ReadonlyMap<string, KnownReference>,
): Rewritten | undefined {
  const replacements = new Map<string, string>();
  const needs = new Set<string>();
  for (const { reference } of row.references) {
    if (replacements.has(reference)) continue;
    const sibling = open.get(reference);
    const known = references.get(reference);
    const stands = sibling?.row.ehrReference ?? known?.ehrReference ?? undefined;
    if (stands !== undefined) replacements.set(reference, stands);
    else if (sibling !== undefined && !mayReferSoftly.has(row.resourceType)) {
      needs.add(sibling.urn);
      replacements.set(reference, sibling.urn);
    } else if (sibling !== undefined || known?.ours !== false) return undefined;
  }
  return { content: replaceReferences(content, replacements, row.references), needs, leftOut: none, missing: [] };
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
): { result: RowResult } | { content: string; landing: Landing } {
  const by = context.landings.get(row.artefact);
  const landing = by?.landing ?? 'app-only';
  const result = (state: RowResult['state'], reason: string): { result: RowResult } => ({
    result: { ...nothing(row, landing), state, reason },
  });
  if (row.withdraw && row.ehrReference !== null) {
    return result('withdrawn', `version ${row.landed} already stands in the EHR; correct it there`);
  }
  if (row.withdraw && !unresolved) return result('withdrawn', 'withdrawn before it was sent');
  if (by === undefined || landing === 'app-only') return result('landed', by?.reason ?? 'it stays in the app');
  if (landing === 'note' && row.artefact !== 'report') return result('waiting', NOTE_REASON);
  if (by.identity === 'delegated')
    return result('waiting', "for a person's token: this service's own scopes don't cover it");
  const content = row.content;
  if (content === null) return result('rejected', 'the record holds no resource for this artefact');
  if (
    landing === 'observation' &&
    context.traits.finalObservationsOnly &&
    parseContent(content, row).status === 'preliminary'
  ) {
    return result('waiting', 'preliminary: it is filed once it is final');
  }
  const updates = context.capabilities.interactions[row.resourceType]?.includes('update') === true;
  if (row.ehrReference !== null && row.landed > 0 && !updates && row.artefact !== 'report') {
    return result('rejected', `the EHR takes no update of ${row.resourceType}; version ${row.landed} stands there`);
  }
  return { content, landing };
}

/** Whether the target of a reference will ever have a resource of its own in this EHR. */
function resolvable(known: KnownReference | undefined, { landings }: SendingContext): boolean {
  if (known === undefined || known.artefact === null) return false;
  const landing = landings.get(known.artefact)?.landing;
  return landing !== undefined && landing !== 'note' && landing !== 'app-only';
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
