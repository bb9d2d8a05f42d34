import type { Bundle } from 'fhir/r4';
import { exportPlans } from '../../../src/record/archive/export-plans.ts';
import { type ImportedPlan, importPlan } from '../../../src/record/archive/import-plan.ts';
import type { Database } from '../../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../../src/record/homework-record.ts';

export const fhirBase = 'https://ehr.example/fhir';

/** As it comes out of a file. */
const fromFile = (bundle: Bundle): Bundle => JSON.parse(JSON.stringify(bundle));

/** A tenant's export, plan by plan. */
export async function exportAll(record: HomeworkRecord, tenantId: string): Promise<Bundle[]> {
  const bundles: Bundle[] = [];
  for await (const bundle of exportPlans(record, tenantId, { fhirBase })) bundles.push(fromFile(bundle));
  return bundles;
}

export async function importAll(
  record: HomeworkRecord,
  tenantId: string,
  bundles: readonly unknown[],
): Promise<ImportedPlan[]> {
  const imported: ImportedPlan[] = [];
  for (const bundle of bundles) imported.push(await importPlan(record, tenantId, { bundle, fhirBase }));
  return imported;
}

const tables = [
  ...[
    'attempt',
    'ledger',
    'landing_group',
    'search_value',
    'resource',
    'safety_signal',
    'withdrawal',
    'noted_act',
    'assignment',
  ],
  ...[
    'occurrence',
    'log',
    'barrier',
    'feedback',
    'report',
    'plan_title',
    'plan_change',
    'plan',
    'source_key',
    'patient',
  ],
];

/** Empties the record, as when its database was lost. */
export async function wipe(database: Database): Promise<void> {
  for (const table of tables) await database.query(`delete from ${table}`);
}

/** What the record's tables hold, but for the ledger and what is told of a moment: two records that agree say the same. */
export async function contentOfTables(database: Database): Promise<Record<string, unknown[]>> {
  const held: Record<string, unknown[]> = {};
  for (const table of [
    ...['plan', 'assignment', 'occurrence', 'log', 'barrier', 'feedback', 'report', 'safety_signal', 'plan_change'],
    ...['plan_title', 'source_key', 'resource', 'search_value'],
  ]) {
    const where = table === 'source_key' ? ` where operation <> 'import'` : '';
    const { rows } = await database.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t${where} order by to_jsonb(t)::text`,
    );
    held[table] = rows.map(({ row }) => row);
  }
  return held;
}
