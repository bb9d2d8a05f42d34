import { defined } from '../../foundation/defined.ts';
import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';
import { parsedJson } from '../../foundation/parsed-json.ts';
import { type ExportPlans, exportPlans } from '../../record/archive/export-plans.ts';
import { type ImportedPlan, importPlan } from '../../record/archive/import-plan.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import { type RebuiltLedger, rebuildLedger } from '../../record/ledger/rebuild-ledger.ts';

/** What became of one line of an export. */
export interface ImportedLine {
  /** From 1. */
  readonly line: number;
  readonly outcome: ImportedPlan['outcome'] | 'refused';
  readonly planId?: string;
  /** Resources that the mapping of today writes otherwise than the export has them. */
  readonly madeAnew?: ImportedPlan['madeAnew'];
  /** Why it was refused: an error's code and words. */
  readonly code?: string;
  readonly problem?: string;
  readonly issues?: readonly { readonly path: string; readonly problem: string }[];
}

/** What the operator of the service may ask of one tenant's record, and nobody else. */
export interface Operator {
  /** The plans, one FHIR Bundle a line (without its line feed). */
  exportLines(wanted: ExportPlans): AsyncIterable<string>;
  /** Brings back what such lines hold, one transaction each; says of each line what became of it. */
  importLines(lines: AsyncIterable<string>): AsyncIterable<ImportedLine>;
  rebuildLedger(): Promise<RebuiltLedger>;
}

/** The tenant whose record it is, and where its EHR stands. */
export interface OperatedTenant {
  readonly id: string;
  readonly fhirBase: string;
}

/** The operator's work on an open record. */
export function operatorOf(record: HomeworkRecord, { id: tenantId, fhirBase }: OperatedTenant): Operator {
  return {
    async *exportLines(wanted) {
      for await (const bundle of exportPlans(record, tenantId, { ...wanted, fhirBase })) yield JSON.stringify(bundle);
    },
    async *importLines(lines) {
      let line = 0;
      for await (const text of lines) {
        line += 1;
        if (text.trim() === '') continue;
        const bundle = parsedJson(text);
        if (bundle !== undefined) yield { line, ...(await importOne(record, tenantId, { bundle, fhirBase })) };
        else {
          yield {
            line,
            outcome: 'refused',
            code: 'malformed-json',
            problem: 'The line is not JSON: an export has one Bundle a line.',
          };
          // not an export at all, or one that was laid out anew
          if (line === 1) return;
        }
      }
    },
    rebuildLedger: () => rebuildLedger(record, tenantId),
  };
}

async function importOne(
  record: HomeworkRecord,
  tenantId: string,
  options: { readonly bundle: unknown; readonly fhirBase: string },
): Promise<Omit<ImportedLine, 'line'>> {
  try {
    return await importPlan(record, tenantId, options);
  } catch (error) {
    // what is no refusal of ours ends the import: the database is away, or it is a defect
    if (!(error instanceof IntersessionError) || error.code === 'database-unreachable') throw error;
    const issues = hasCode(error, 'invalid-request') ? error.fields.issues : undefined;
    return { outcome: 'refused', code: error.code, problem: error.message, ...defined({ issues }) };
  }
}
