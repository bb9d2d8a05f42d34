import type { FhirJson } from '../../ehr/fhir-json.ts';
import { isObject } from '../../foundation/is-object.ts';
import type { FindingKind } from '../../homework/ledger/finding-kind.ts';
import type { KnownReference } from '../load-references.ts';
import { inlineTexts, markOf } from '../look-up.ts';
import type { PlannedWrite } from '../plan-sending.ts';
import type { SendingContext } from '../sending-context.ts';
import { type Whose, whoseIs } from '../whose.ts';
import { parseContent } from '../wire-text.ts';
import type { CheckedRow } from './checked-row.ts';
import type { Identity } from './identity-of.ts';
import { sameAsSent, sameText } from './same-as-sent.ts';

/** What stands where the ledger knows a row. */
export interface Standing {
  readonly resource: FhirJson;
  readonly version: string | undefined;
  readonly identity: Identity;
  /** Its texts, also those that the EHR keeps apart. */
  readonly texts: readonly string[];
}

export interface Judged {
  readonly kind: FindingKind;
  readonly detail: string;
  readonly repairable: boolean;
}

/** How far an EHR's clock may be from ours before a later change is taken for one. */
const CLOCKS_MS = 10 * 60_000;

/**
 * Says how what stands in a row's place differs from what was sent there. An EHR may reshape what it takes: so words count
 * only where its version moved on since our write, where it has no versions, or where it says that it changed later.
 * @returns undefined when they agree
 */
export function judgeStanding(
  row: CheckedRow,
  write: PlannedWrite,
  { resource, version, identity, texts }: Standing,
  options: {
    readonly known: ReadonlyMap<string, KnownReference>;
    readonly base: string;
    readonly context: SendingContext;
  },
): Judged | undefined {
  const { base, context } = options;
  const ours = parseContent(write.content, row);
  const whose = whoseIs(resource, row, base);
  if (whose !== 'own') return { kind: 'other-patient', detail: notOwn[whose], repairable: true };
  if (identity === 'other') {
    return {
      kind: 'other-resource',
      detail: 'it bears the identifier or mark of something else of ours',
      repairable: true,
    };
  }
  if (isMistake(resource) && !isMistake(ours)) {
    return { kind: 'entered-in-error', detail: 'it was marked there as a mistake', repairable: false };
  }
  // what is on its way, or was refused since, is compared when it has landed
  if (row.wanted !== row.landed || row.state !== 'landed') return undefined;
  const sent = row.ehrVersion ?? undefined;
  const moved = sent !== undefined && version !== undefined && sent !== version;
  const comparable = moved || sent === undefined || version === undefined || changedLater(row, resource);
  if (!comparable) return undefined;
  const stands = version === undefined ? 'what stands there' : `version ${version}`;
  const updates = context.capabilities.interactions[write.resourceType]?.includes('update') === true;
  const isNote = markOf(write) !== undefined;
  const repairable = updates && !(isNote && (isSigned(resource) || isSigned(ours)));
  if (
    isNote
      ? sameNote(ours, identity, texts)
      : sameAsSent(write, resource, { known: options.known, base, traits: context.traits })
  ) {
    const status = statusOf(ours) !== statusOf(resource) && isNote ? statusChange(ours, resource) : undefined;
    if (status !== undefined) return { kind: repairable ? 'status' : 'beyond-repair', detail: status, repairable };
    if (!moved) return undefined;
    return { kind: 'newer-version', detail: `${stands} says what was sent as version ${sent}`, repairable: true };
  }
  const onlyStatus =
    !isNote &&
    statusOf(ours) !== statusOf(resource) &&
    sameAsSent(write, { ...resource, status: ours.status }, { known: options.known, base, traits: context.traits });
  if (onlyStatus) {
    const detail = statusChange(ours, resource);
    return { kind: repairable ? 'status' : 'beyond-repair', detail, repairable };
  }
  const detail = `${stands} says something else than what was sent`;
  return { kind: repairable ? 'altered' : 'beyond-repair', detail, repairable };
}

const notOwn: Readonly<Record<Exclude<Whose, 'own'>, string>> = {
  other: 'it is about another patient',
  unsaid: 'it does not say which patient it is about',
};

/** A note is told by its text: EHRs reshape what is around it, and a clinician signs a draft. */
function sameNote(ours: FhirJson, identity: Identity, texts: readonly string[]): boolean {
  return identity === 'own' && sameText(inlineTexts(ours).slice(0, 1), texts);
}

function isMistake({ status, docStatus }: FhirJson): boolean {
  return status === 'entered-in-error' || docStatus === 'entered-in-error';
}

/** Signed, by us or there: nobody but a person changes it. */
function isSigned({ docStatus, authenticator }: FhirJson): boolean {
  return docStatus === 'final' || docStatus === 'amended' || isObject(authenticator);
}

function statusOf({ status }: FhirJson): string {
  return typeof status === 'string' ? status : 'none';
}

function statusChange(ours: FhirJson, theirs: FhirJson): string {
  return `its status there is ${statusOf(theirs).slice(0, 40)}, ${statusOf(ours)} was sent`;
}

/** For an EHR whose versions never move: it says itself that it was changed after our write. */
function changedLater({ landedAt }: CheckedRow, { meta }: FhirJson): boolean {
  const updated = isObject(meta) && typeof meta.lastUpdated === 'string' ? Date.parse(meta.lastUpdated) : Number.NaN;
  return landedAt !== null && landedAt !== undefined && updated > Date.parse(landedAt) + CLOCKS_MS;
}
