import { isObject } from '../ehr/fhir-json.ts';
import { toFollowingNote } from '../fhir/to-following-note.ts';
import type { ScopeLetter } from '../landing/granted-scopes.ts';
import { isToldInReport } from '../landing/is-told-in-report.ts';
import type { Landing } from '../landing/vendor-traits.ts';
import { type Carrier, carrierOf } from './carrier.ts';
import { type ClaimedRow, nothing, type RowResult } from './claimed-group.ts';
import { ownPlace } from './load-references.ts';
import { referencesIn, type TextReference } from './replace-references.ts';
import type { PatientContext, SendingContext } from './sending-context.ts';
import { documentOf, shapeContent } from './shape-content.ts';
import { parseContent } from './wire-text.ts';

/** Why a row waits that has no resource of its own in this EHR. */
export const NOTE_REASON = 'goes into the next between-session report';
/** Why a row waits that only a person's token may write. */
export const PERSON_REASON =
  "for a person's token: this service's own scopes don't cover it; it is written when a clinician opens this patient";

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
  const result = (state: RowResult['state'], reason: string, more: Partial<RowResult> = {}): { result: RowResult } => ({
    result: { ...nothing(row, landing), state, reason, ...more },
  });
  if (row.withdraw && row.ehrReference !== null) {
    return result('withdrawn', `version ${row.landed} already stands in the EHR; correct it there`);
  }
  if (row.withdraw && !unresolved) return result('withdrawn', 'withdrawn before it was sent');
  if (by === undefined || landing === 'app-only') return result('landed', by?.reason ?? 'it stays in the app');
  const door = by.doors?.find(({ type }) => type === row.resourceType);
  if (by.doors !== undefined && door === undefined) {
    const reason = `this EHR takes no ${row.resourceType}; the signal goes by ${by.doors.map(({ type }) => type).join(', ')}`;
    return result('landed', reason, { landing: 'app-only' });
  }
  if (isToldInReport(row.artefact, landing)) return result('waiting', NOTE_REASON);
  if (row.content === null) return result('rejected', 'the record holds no resource for this artefact');
  if (
    landing === 'observation' &&
    context.traits.finalObservationsOnly &&
    parseContent(row.content, row).status === 'preliminary'
  ) {
    return result('waiting', 'preliminary: it is filed once it is final');
  }
  const shaped = shapeContent(row, row.content, landing, context, foundEncounter(patient));
  if (shaped === undefined) return withoutRow(context, result);
  const { resourceType } = shaped;
  const updates = context.capabilities.interactions[resourceType]?.includes('update') === true;
  const stands = row.ehrReference !== null && row.landed > 0;
  const anew = stands && !updates && resourceType === 'DocumentReference';
  // where an earlier attempt had no clear end, as after a merge, it is looked at first: it may stand there as wanted
  if (stands && !updates && !anew && !unresolved) {
    return result('rejected', `the EHR takes no update of ${resourceType}; version ${row.landed} stands there`);
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
  if ((door ?? by).identity !== 'delegated') return decided;
  const need = {
    artefact: row.artefact,
    type: resourceType,
    ...lettersFor(stands && !anew, content, row, resourceType),
  };
  const carrier = carrierOf(patient.carriers, need);
  return carrier === undefined ? result('waiting', PERSON_REASON) : { ...decided, carrier };
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
  result: (state: RowResult['state'], reason: string, more?: Partial<RowResult>) => { result: RowResult },
): { result: RowResult } {
  const report = landings.get('report')?.landing ?? 'app-only';
  if (report === 'app-only') return result('landed', 'no row is built for its code here', { landing: 'app-only' });
  return result('waiting', NOTE_REASON, { landing: report });
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
