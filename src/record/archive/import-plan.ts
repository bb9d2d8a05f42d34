import type { Bundle } from 'fhir/r4';
import { unreadable } from '../../fhir/archive/archive-entries.ts';
import { type ArchivedPlan, factsKey } from '../../fhir/archive/archived-plan.ts';
import { type ArchiveReading, type ReadArchive, readArchive } from '../../fhir/archive/read-archive.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant } from '../../homework/model.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { wantLookedFor } from '../ledger/want-looked-for.ts';
import { keepPatient, type PatientState, patientStateOf } from '../patient/admit-patient.ts';
import { contentDigest } from '../store/content-digest.ts';
import { savePlanState } from '../store/save-plan-state.ts';
import { tenantOf } from '../tenant-of.ts';
import { checkArchive } from './check-archive.ts';
import { bundleOf } from './export-plans.ts';
import { importOperation, loadArchive } from './load-archive.ts';
import { needOperator } from './need-operator.ts';
import { takenIssues } from './refuse-taken.ts';
import { archiveContent, type MadeAnew, restoreResources, restoreVersions } from './restore-resources.ts';
import { restoreFacts, restoreSignals, restoreSourceKeys } from './restore-rows.ts';

export interface ImportedPlan {
  readonly planId: string;
  /** `unchanged`: it stands here as the export has it, or was brought back from this very export before. */
  readonly outcome: 'imported' | 'unchanged';
  /** Resources that the mapping of today writes otherwise than the export has them. */
  readonly madeAnew: readonly MadeAnew[];
}

/**
 * Brings one plan back from its export, in one transaction: all of it or nothing. What it makes of it is looked for in the
 * EHR before anything is sent there. A plan that stands here is never written over.
 * @throws `unknown-tenant`, `forbidden`; `invalid-request` with every issue, each naming its entry and the element;
 * `version-conflict` when the plan stands here with another content; `unknown-patient`, `patient-merged`
 */
export async function importPlan(
  record: HomeworkRecord,
  tenantId: string,
  { bundle, fhirBase }: { readonly bundle: unknown; readonly fhirBase: string },
): Promise<ImportedPlan> {
  tenantOf(record, tenantId);
  needOperator(record.actor);
  const questionnaireOf: ArchiveReading['questionnaireOf'] = (canonical, steps = []) =>
    kindsOfPlan(record.kinds, steps).find(canonical)?.questionnaire;
  const read = readArchive(bundle, { tenantId, fhirBase, questionnaireOf });
  const issues = checkArchive(read.archived, read.entryOf, record.kinds);
  if (issues.length > 0) throw unreadable(issues);
  const file = bundle as Bundle;
  const { plan } = read.archived.state;
  // what stands here is left as it is, whatever the EHR says of its patient by now
  const patient = await patientStateOf(record, tenantId, plan.patientId).then(
    (state) => ({ state }),
    (refusal: unknown) => ({ refusal }),
  );
  const now = (await record.clockOf(tenantId)).now().toISOString();
  const imported = await record.database.transaction(async (tx) => {
    const digest = contentDigest(archiveContent(file));
    const first = await noteImport(tx, tenantId, { planId: plan.id, digest, at: record.clock.now() });
    const stands = await loadArchive(tx, tenantId, plan.id);
    if (stands === undefined) {
      if ('refusal' in patient) throw patient.refusal;
      return restore(tx, record, tenantId, { read, file, fhirBase, patientState: patient.state, now });
    }
    const same = archiveContent(bundleOf(record, tenantId, fhirBase, stands)) === archiveContent(file);
    if (same || first === digest) return { planId: plan.id, outcome: 'unchanged', madeAnew: [] } as const;
    throw standsOtherwise(read.archived, stands);
  });
  if (imported.outcome === 'imported') record.changed();
  return imported;
}

async function restore(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  {
    read: { archived, entryOf },
    file,
    fhirBase,
    patientState,
    now,
  }: {
    readonly read: ReadArchive;
    readonly file: Bundle;
    readonly fhirBase: string;
    readonly patientState: PatientState;
    readonly now: Instant;
  },
): Promise<ImportedPlan> {
  const taken = await takenIssues(tx, tenantId, archived, entryOf);
  if (taken.length > 0) throw unreadable(taken);
  const { plan } = archived.state;
  const machineNow = record.clock.now();
  const at = archived.facts.get(factsKey('plan', plan.id))?.updatedAt ?? plan.createdAt;
  await keepPatient(tx, tenantId, { patientId: plan.patientId, state: patientState, at: machineNow });
  const after = { ...archived.state, openSafetySignals: 0 };
  await savePlanState(tx, tenantId, { before: undefined, after, version: 0, at, actor: record.actor });
  await restoreFacts(tx, tenantId, archived);
  await restoreSignals(tx, tenantId, archived);
  await restoreSourceKeys(tx, tenantId, archived);
  const projected = await restoreResources(tx, record, tenantId, { archived, at });
  const again = await loadArchive(tx, tenantId, plan.id);
  if (again === undefined) throw new TypeError('the plan that was just saved is not there');
  const bundle = bundleOf(record, tenantId, fhirBase, { ...again, withdrawn: archived.withdrawn });
  const madeAnew = await restoreVersions(tx, tenantId, { file, again: bundle, now });
  // last, as it goes by the versions
  const sent = projected.filter(({ unsent }) => unsent !== true);
  await wantLookedFor(tx, tenantId, plan, sent, machineNow);
  await restoreWithdrawn(tx, tenantId, plan.id, archived.withdrawn);
  return { planId: plan.id, outcome: 'imported', madeAnew };
}

/**
 * Notes from which export a plan is brought back; who does the same at the same time waits here.
 * @returns the digest of the export that was noted before, if one was
 */
async function noteImport(
  tx: Queryable,
  tenantId: string,
  { planId, digest, at }: { readonly planId: string; readonly digest: string; readonly at: Date },
): Promise<string | undefined> {
  const { rowCount } = await tx.query(
    `insert into source_key (tenant, client_id, operation, source_id, digest, artefact_id, created_at)
     values ($1, '', $2, $3, $4, $3, $5) on conflict do nothing`,
    [tenantId, importOperation, planId, digest, at],
  );
  if (rowCount === 1) return undefined;
  const { rows } = await tx.query<{ digest: string }>(
    `select digest from source_key where tenant = $1 and client_id = '' and operation = $2 and source_id = $3`,
    [tenantId, importOperation, planId],
  );
  return rows[0]?.digest;
}

/** What a person decided not to send stays unsent: it is looked for, and withdrawn unless it stands there. */
async function restoreWithdrawn(
  tx: Queryable,
  tenantId: string,
  planId: string,
  withdrawn: ArchivedPlan['withdrawn'],
): Promise<void> {
  if (withdrawn.size === 0) return;
  await tx.query(
    `update ledger l set withdraw = true, reason = g.reason, reason_code = null from unnest($3::text[], $4::text[]) as g(name, reason)
      where l.tenant = $1 and l.plan_id = $2 and l.resource_type || '/' || l.id = g.name`,
    [tenantId, planId, [...withdrawn.keys()], [...withdrawn.values()]],
  );
}

function standsOtherwise(file: ArchivedPlan, here: ArchivedPlan): IntersessionError {
  const { id } = file.state.plan;
  const versionIn = ({ facts }: ArchivedPlan) => facts.get(factsKey('plan', id))?.version ?? 0;
  const message = `The plan stands here in version ${versionIn(here)} with another content than the export's (version ${versionIn(file)}); an import writes over nothing.`;
  return new IntersessionError('version-conflict', { id, expected: versionIn(file), actual: versionIn(here) }, message);
}
