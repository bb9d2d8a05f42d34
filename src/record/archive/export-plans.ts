import type { Bundle } from 'fhir/r4';
import { type ArchivedPlan, factsKey } from '../../fhir/archive/archived-plan.ts';
import { type ArchiveMapping, type ArchiveOrigin, writeArchive } from '../../fhir/archive/write-archive.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { notDoneInPlan } from '../../homework/log/not-done-in-plan.ts';
import { adherencesOf } from '../../homework/plan/adherence-of.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { safetyContextOf } from '../safety/commit-signal.ts';
import { sourceNameOf } from '../store/source-name.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { loadArchive } from './load-archive.ts';
import { needOperator } from './need-operator.ts';

/** Which plans are exported; neither: all of the tenant. */
export interface ExportPlans {
  readonly planId?: string;
  readonly patientId?: string;
}

const pageSize = 100;

/**
 * The plans of a tenant, one Bundle each, in the order of their ids; each as of one moment, read when it is asked for.
 *
 * > [!WARNING]
 * > It is the record itself: withheld answers and drafts are in it. Only for whoever may read the database.
 *
 * @throws `unknown-tenant`, `forbidden`; `unknown-artefact`, `unknown-patient` when nothing is held of what was named
 */
export async function* exportPlans(
  record: HomeworkRecord,
  tenantId: string,
  { fhirBase, ...wanted }: ExportPlans & { readonly fhirBase: string },
): AsyncGenerator<Bundle> {
  tenantOf(record, tenantId);
  needOperator(record.actor);
  const { planId, patientId } = wanted;
  let found = 0;
  for await (const id of planIds(record, tenantId, wanted)) {
    const archived = await record.database.transaction((tx) => loadArchive(tx, tenantId, id));
    if (archived === undefined) continue;
    found += 1;
    yield bundleOf(record, tenantId, fhirBase, archived);
  }
  if (found === 0 && planId !== undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  if (found === 0 && patientId !== undefined) {
    throw new IntersessionError('unknown-patient', { patientId }, 'No plan of this patient is held here.');
  }
}

/** One plan as its export. */
export function bundleOf(record: HomeworkRecord, tenantId: string, fhirBase: string, archived: ArchivedPlan): Bundle {
  return writeArchive(archived, originOf(record, tenantId, fhirBase), mappingOf(record, tenantId, archived));
}

function originOf(record: HomeworkRecord, tenantId: string, fhirBase: string): ArchiveOrigin {
  return { tenantId, fhirBase, ownBase: `${record.publicUrl.replace(/\/+$/, '')}/fhir/${tenantId}` };
}

function mappingOf(record: HomeworkRecord, tenantId: string, archived: ArchivedPlan): ArchiveMapping {
  const { state } = archived;
  const kinds = kindsOfPlan(record.kinds, state.assignments);
  const at = archived.facts.get(factsKey('plan', state.plan.id))?.updatedAt ?? state.plan.createdAt;
  return {
    plan: {
      tenantName: tenantOf(record, tenantId).name,
      sensitivity: 'MH',
      sourceName: sourceNameOf(record, tenantId),
      kindOf: record.kinds.kind,
      questionnaireOf: (canonical) => kinds.version(canonical).questionnaire,
      scoresOf: (canonical) => kinds.version(canonical).scores ?? [],
      // taken out of every export
      responseEndpoint: () => record.publicUrl,
      previousMeasures: () => [],
      adherences: adherencesOf({ ...state, openSafetySignals: 0 }, at),
      notDone: notDoneInPlan(state, (canonical) => kinds.version(canonical).behaviourLinkId),
    },
    safety: safetyContextOf(record, tenantId),
  };
}

async function* planIds(
  record: HomeworkRecord,
  tenantId: string,
  { planId, patientId }: ExportPlans,
): AsyncGenerator<string> {
  let after = '';
  for (;;) {
    const { rows } = await record.database.query<{ id: string }>(
      `select id from plan where tenant = $1 and id > $2 and ($3::text is null or id = $3)
         and ($4::text is null or patient_id = $4) order by id limit $5`,
      [tenantId, after, planId ?? null, patientId ?? null, pageSize],
    );
    for (const { id } of rows) yield id;
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}
