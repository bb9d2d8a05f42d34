/** Which page of the patient's view is open. */
export type PatientPageName =
  | { readonly name: 'today' }
  | { readonly name: 'done' }
  | { readonly name: 'messages' }
  | { readonly name: 'step'; readonly assignmentId: string }
  | { readonly name: 'log'; readonly assignmentId: string; readonly occurrenceId?: string }
  | { readonly name: 'correct'; readonly logId: string }
  | { readonly name: 'thanks'; readonly assignmentId: string; readonly logId: string };

export const firstPage: PatientPageName = { name: 'today' };

const names: readonly string[] = ['today', 'done', 'messages', 'step', 'log', 'correct', 'thanks'];

/** Whether the browser's history holds one of our pages. */
export function isPatientPageName(value: unknown): value is PatientPageName {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    names.includes(value.name)
  );
}
