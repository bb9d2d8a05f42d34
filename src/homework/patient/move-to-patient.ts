import type { PlanState } from '../model.ts';

/**
 * A plan with all that belongs to it, as the homework of another patient: every `patientId` and every reference to the
 * patient's record. Only a merge that a person has confirmed may do this.
 */
export function moveToPatient(
  state: PlanState,
  { from, to }: { readonly from: string; readonly to: string },
): PlanState {
  const { plan, assignments, occurrences, logs, barriers, feedback, reports } = state;
  return {
    ...state,
    ...renamePatient({ plan, assignments, occurrences, logs, barriers, feedback, reports }, { from, to }),
  };
}

/** A value with one patient's id and references in place of another's, however deep they stand; words stay as they are. */
export function renamePatient<T>(value: T, { from, to }: { readonly from: string; readonly to: string }): T {
  const rename = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string') {
      if (value === from && name === 'patientId') return to;
      // whoever speaks may be named by reference; a person's words are never such a reference alone under these names
      return value === `Patient/${from}` && named.has(name) ? `Patient/${to}` : value;
    }
    if (Array.isArray(value)) return value.map((entry) => rename(entry, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rename(entry, key)]));
  };
  return rename(value) as T;
}

/** Where a reference into the EHR may name the patient. */
const named: ReadonlySet<string | undefined> = new Set([
  'author',
  'saidBy',
  'requester',
  'reference',
  'signedBy',
  'by',
  'closedBy',
  'addresses',
  'reasons',
]);
