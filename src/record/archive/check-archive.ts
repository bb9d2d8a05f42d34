import type { z } from 'zod';
import type { ArchiveIssue } from '../../fhir/archive/archive-entries.ts';
import { type ArchivedPart, type ArchivedPlan, factsKey } from '../../fhir/archive/archived-plan.ts';
import { subjectOf } from '../../fhir/archive/subject-of.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import type { ArchivedRow, Say } from './archived-row.ts';
import { archivedSchemas, unheldIn } from './archived-state-schema.ts';
import { checkTies } from './check-ties.ts';

/** Every row of an export, with the part that it is. */
export function archivedRows({ state, signals }: ArchivedPlan): readonly (readonly [ArchivedPart, ArchivedRow])[] {
  const lists: readonly (readonly [ArchivedPart, readonly ArchivedRow[]])[] = [
    ['plan', [state.plan]],
    ['assignment', state.assignments],
    ['occurrence', state.occurrences],
    ['log', state.logs],
    ['barrier', state.barriers],
    ['feedback', state.feedback],
    ['report', state.reports],
    ['safety', signals.map(({ signal }) => signal)],
  ];
  return lists.flatMap(([part, rows]) => rows.map((row) => [part, row] as const));
}

/**
 * What of an export that was read does not fit itself or this service: shapes, whose a thing is, what it names. Each
 * issue names its entry.
 */
export function checkArchive(
  archived: ArchivedPlan,
  entryOf: ReadonlyMap<string, string>,
  register: KindRegister,
): ArchiveIssue[] {
  const { plan } = archived.state;
  const issues: ArchiveIssue[] = [];
  const say: Say = (part, { id }, field, problem) => {
    issues.push({ path: `${entryOf.get(factsKey(part, id)) ?? id}: ${field}`, problem });
  };
  for (const [part, row] of archivedRows(archived)) {
    for (const { field, problem } of shapeIssues(part, row)) say(part, row, field, problem);
    if (row.patientId !== plan.patientId) say(part, row, 'patient', "is another patient's than the plan's");
    if (row.planId !== undefined && row.planId !== plan.id)
      say(part, row, 'plan', 'is another than the plan of the Bundle');
  }
  checkTies(archived.state, register, say);
  for (const { resource } of archived.stored) {
    const subject = subjectOf(resource);
    if (subject === `Patient/${plan.patientId}`) continue;
    const path = `${resource.resourceType}/${resource.id}: subject`;
    issues.push({ path, problem: 'is not the patient of the plan' });
  }
  return issues;
}

function shapeIssues(part: ArchivedPart, row: ArchivedRow): { readonly field: string; readonly problem: string }[] {
  const unheld = unheldIn(row);
  if (unheld !== undefined) return [{ field: unheld, problem: 'holds a control character or half of a character' }];
  const parsed: z.ZodSafeParseResult<unknown> = archivedSchemas[part].safeParse(row);
  if (parsed.success) return [];
  // what was given is not repeated: it may be anybody's words
  return parsed.error.issues.map(({ path, code, message }) => ({
    field: path.join('.'),
    problem: code === 'custom' ? message : `does not fit (${code})`,
  }));
}
