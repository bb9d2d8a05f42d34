import { toFollowingNote } from '../fhir/to-following-note.ts';
import { isObject } from '../foundation/is-object.ts';
import type { RowReason } from '../homework/ledger/row-reason.ts';
import type { ScopeLetter } from '../landing/granted-scopes.ts';
import { isToldInReport } from '../landing/is-told-in-report.ts';
import type { Landing } from '../landing/vendor-traits.ts';
import { type Carrier, carrierOf } from './carrier.ts';
import { type ClaimedRow, type RowResult, stillPending } from './claimed-group.ts';
import { ownPlace } from './load-references.ts';
import { referencesIn, type TextReference } from './replace-references.ts';
import type { PatientContext, SendingContext } from './sending-context.ts';
import { documentOf, shapeContent } from './shape-content.ts';
import { parseContent } from './wire-text.ts';

/** How a row is written. */
export interface Decided {
  readonly content: string;
  readonly references: readonly TextReference[];
  readonly landing: Landing;
  readonly resourceType: string;
  readonly carrier?: Carrier | undefined;
  /** A note that this EHR cannot update: its new version, with a mark of its own, is a note of its own. */
  readonly anew: boolean;
  /** The note in the EHR whose place a new one takes, and says so. */
  readonly follows?: string | undefined;
}

/**
 * Decides whether a row is written now, as what, and by whose token; else what it waits for, or why it never will be.
 * @param unresolved an earlier attempt at it had no clear end
 */
export function decideSending(
  row: ClaimedRow,
  unresolved: boolean,
  context: SendingContext,
  patient: PatientContext,
): { result: RowResult } | Decided {
  const by = context.landings.get(row.artefact);
  const landing = by?.landing ?? 'app-only';
  const result = (state: RowResult['state'], why: RowReason, more: Partial<RowResult> = {}): { result: RowResult } => ({
    result: { ...stillPending(row, landing), state, why, ...more },
  });
  if (row.withdraw && row.ehrReference !== null) {
    return result('withdrawn', { code: 'stands-there', version: row.landed });
  }
  if (row.withdraw && !unresolved) return result('withdrawn', { code: 'never-sent' });
  if (by === undefined || landing === 'app-only') {
    return result('landed', { code: 'app-only' }, { words: by?.reason ?? null });
  }
  const channel = by.channels?.find(({ type }) => type === row.resourceType);
  if (by.channels !== undefined && channel === undefined) {
    const channels = by.channels.map(({ type }) => type);
    return result('landed', { code: 'other-channels', type: row.resourceType, channels }, { landing: 'app-only' });
  }
  if (isToldInReport(row.artefact, landing)) return result('waiting', { code: 'report' });
  if (row.content === null) return result('rejected', { code: 'no-resource' });
  if (
    landing === 'observation' &&
    context.traits.finalObservationsOnly &&
    parseContent(row.content, row).status === 'preliminary'
  ) {
    return result('waiting', { code: 'final' });
  }
  const shaped = shapeContent(row, row.content, landing, context, foundEncounter(patient));
  if (shaped === undefined) return withoutRow(context, result);
  const { resourceType } = shaped;
  const updates = context.capabilities.interactions[resourceType]?.includes('update') === true;
  const stands = row.ehrReference !== null && row.landed > 0;
  const anew = stands && !updates && resourceType === 'DocumentReference';
  // where an earlier attempt had no clear end, as after a merge, it is looked at first: it may stand there as wanted
  if (stands && !updates && !anew && !unresolved) {
    return result('rejected', { code: 'no-update', type: resourceType, version: row.landed });
  }
  const { encounter } = patient;
  if (encounter !== undefined && 'waits' in encounter && context.traits.needsEncounter.includes(resourceType)) {
    return result('waiting', encounter.waits, { comesBack: encounter.comesBack });
  }
  const follows = anew ? ownPlace('DocumentReference/', row.ehrReference) : null;
  const content = follows === null ? shaped.content : followingContent(row, shaped.content, follows);
  const found = shaped.changed ? referencesIn(content) : row.references;
  // where the earlier note stands is the EHR's own word, not one of ours that must be looked up
  const references = follows === null ? found : found.filter(({ reference }) => reference !== follows);
  const decided: Decided = { content, references, landing, resourceType, anew, ...(follows !== null && { follows }) };
  if ((channel ?? by).identity !== 'delegated') return decided;
  const need = {
    artefact: row.artefact,
    type: resourceType,
    ...lettersFor(stands && !anew, content, row, resourceType),
  };
  const carrier = carrierOf(patient.carriers, need);
  return carrier === undefined ? result('waiting', { code: 'person' }) : { ...decided, carrier };
}

/** The note as it takes the place of the one that stands there. */
function followingContent(row: ClaimedRow, content: string, reference: string): string {
  const note = documentOf(content, row);
  const filedAt = row.landedAt ?? note.date;
  return JSON.stringify(filedAt === undefined ? note : toFollowingNote(note, { reference, filedAt }));
}

function foundEncounter({ encounter }: PatientContext): string | undefined {
  return encounter !== undefined && 'found' in encounter ? encounter.found : undefined;
}

/** A measure for whose code the customer built no row: the report tells it, where there is one. */
function withoutRow(
  { landings }: SendingContext,
  result: (state: RowResult['state'], why: RowReason, more?: Partial<RowResult>) => { result: RowResult },
): { result: RowResult } {
  const report = landings.get('report')?.landing ?? 'app-only';
  if (report === 'app-only') return result('landed', { code: 'no-row' }, { landing: 'app-only' });
  return result('waiting', { code: 'report' }, { landing: report });
}

/** What a scope must allow for this write; an Observation's or note's by its category. */
function lettersFor(
  updates: boolean,
  content: string,
  row: ClaimedRow,
  resourceType: string,
): { readonly letter: ScopeLetter; readonly category?: string } {
  const letter = updates ? 'u' : 'c';
  if (resourceType !== 'Observation' && resourceType !== 'DocumentReference') return { letter };
  const categories = parseContent(content, row).category;
  const [first] = Array.isArray(categories) ? categories : [];
  const [coding] = isObject(first) && Array.isArray(first.coding) ? first.coding.filter(isObject) : [];
  return typeof coding?.code === 'string' ? { letter, category: coding.code } : { letter };
}
