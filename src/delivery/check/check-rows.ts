import type { EhrAccess } from '../../ehr/ehr-access.ts';
import type { EhrFailure } from '../../ehr/ehr-failure.ts';
import type { FhirJson } from '../../ehr/fhir-json.ts';
import { isObject } from '../../foundation/is-object.ts';
import type { Finding } from '../../record/ledger/check/difference.ts';
import { type KnownReference, ownPlace } from '../load-references.ts';
import { markOf, textsOf } from '../look-up.ts';
import type { SendingContext } from '../sending-context.ts';
import { type CheckedRow, toSought } from './checked-row.ts';
import { identityOf } from './identity-of.ts';
import { type Judged, judgeStanding } from './judge-standing.ts';
import { isAnswer, type Sought, searchCounterparts } from './search-counterparts.ts';

/** What a page of rows came to. */
export type Checked =
  | { readonly ok: true; readonly checked: number; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly failure: EhrFailure };

/**
 * Holds some ledger rows against what stands in the EHR, asking for one thing after another: searches first, then the
 * places that no search has shown.
 * @param options.goOn a mistake of the EHR (500) is about what was asked for: it was asked often enough
 */
export async function checkRows(
  ehr: EhrAccess,
  rows: readonly CheckedRow[],
  {
    context,
    known,
    goOn = false,
  }: {
    readonly context: SendingContext;
    readonly known: ReadonlyMap<string, KnownReference>;
    readonly goOn?: boolean;
  },
): Promise<Checked> {
  const findings: Finding[] = [];
  const sought: (Sought & { readonly place: string })[] = [];
  for (const row of rows) {
    if (unsettled.has(row.state)) {
      findings.push(toFinding(row, { kind: 'unsettled', detail: row.state, repairable: false }));
      continue;
    }
    const write = toSought(row, context);
    const place = write === undefined ? null : ownPlace(`${write.resourceType}/`, row.ehrReference);
    if (write !== undefined && place !== null) sought.push({ row, write, place });
  }
  const counterparts = await searchCounterparts(ehr, sought, context.capabilities, { goOn });
  if (!counterparts.ok) return counterparts;
  for (const soughtRow of sought) {
    const found = await checkRow(ehr, soughtRow, {
      shown: counterparts.byName.get(soughtRow.row.name),
      context,
      known,
      goOn,
    });
    if ('disposition' in found) return { ok: false, failure: found };
    findings.push(...found.findings);
  }
  return { ok: true, checked: sought.length, findings };
}

const unsettled = new Set<CheckedRow['state']>(['unknown', 'in-flight', 'awaiting-review']);

async function checkRow(
  ehr: EhrAccess,
  { row, write, place }: Sought & { readonly place: string },
  {
    shown,
    context,
    known,
    goOn,
  }: {
    readonly shown: readonly FhirJson[] | undefined;
    readonly context: SendingContext;
    readonly known: ReadonlyMap<string, KnownReference>;
    readonly goOn: boolean;
  },
): Promise<{ readonly findings: readonly Finding[] } | EhrFailure> {
  const referenceOf = ({ resourceType, id }: FhirJson) => `${resourceType}/${id}`;
  const inPlace = shown?.find((fhirJson) => referenceOf(fhirJson) === place);
  // what was taken back there doubles nothing
  const others = (shown ?? [])
    .filter((fhirJson) => fhirJson !== inPlace && fhirJson.status !== 'entered-in-error')
    .map(referenceOf);
  const there =
    inPlace === undefined ? await readPlace(ehr, place, goOn) : { resource: inPlace, version: versionOf(inPlace) };
  if ('disposition' in there) return there;
  if ('unreadable' in there) {
    return { findings: [toFinding(row, { kind: 'unreadable', detail: there.unreadable, repairable: false })] };
  }
  if ('gone' in there) return { findings: [absent(row, there.gone, shown === undefined, others)] };
  const { resource, version } = there;
  const identity = await identityOf(ehr, write, resource);
  if (typeof identity === 'object') return identity;
  const texts = markOf(write) === undefined ? [] : await textsOf(ehr, resource);
  if (!Array.isArray(texts)) return texts;
  const judged = judgeStanding(row, write, { resource, version, identity, texts }, { known, base: ehr.base, context });
  const findings = judged === undefined ? [] : [toFinding(row, judged, { version })];
  if (others.length > 0) {
    const detail = `${others.length} more stand under its identifier or mark`;
    findings.push(toFinding(row, { kind: 'doubled', detail, repairable: false }, { others, version }));
  }
  return { findings };
}

function absent(row: CheckedRow, gone: boolean, unsearched: boolean, others: readonly string[]): Finding {
  const [only, ...more] = others;
  if (only !== undefined && more.length === 0) {
    return toFinding(row, { kind: 'refiled', detail: `it stands as ${only}`, repairable: true }, { others });
  }
  if (only !== undefined) {
    const detail = `it does not stand where it stood, and ${others.length} stand elsewhere`;
    return toFinding(row, { kind: 'doubled', detail, repairable: false }, { others });
  }
  const how = gone ? 'the EHR says that it is gone' : 'the EHR has nothing there';
  const detail = unsearched ? `${how}, and no search could tell whether it stands elsewhere` : how;
  return toFinding(row, { kind: 'missing', detail, repairable: true });
}

type Place =
  | { readonly resource: FhirJson; readonly version: string | undefined }
  | { readonly gone: boolean }
  | { readonly unreadable: string };

async function readPlace(ehr: EhrAccess, place: string, goOn: boolean): Promise<Place | EhrFailure> {
  const slash = place.indexOf('/');
  const answer = await ehr.read(place.slice(0, slash), place.slice(slash + 1));
  if (answer.ok) return { resource: answer.resource, version: versionOf(answer.resource) ?? answer.version };
  const { status, disposition } = answer.failure;
  if (!isAnswer(answer.failure, goOn)) return answer.failure;
  if (disposition === 'reject' && (status === 404 || status === 410)) return { gone: status === 410 };
  return { unreadable: status === undefined ? 'the EHR does not let it be read' : `the EHR answers ${status}` };
}

function versionOf({ meta }: FhirJson): string | undefined {
  return isObject(meta) && typeof meta.versionId === 'string' ? meta.versionId : undefined;
}

function toFinding(
  { artefact, id, ehrReference }: CheckedRow,
  { kind, detail, repairable }: Judged,
  more: { readonly others?: readonly string[]; readonly version?: string | undefined } = {},
): Finding {
  const { others = [], version = null } = more;
  return { artefact, id, kind, reference: ehrReference, others, version, detail, repairable };
}
