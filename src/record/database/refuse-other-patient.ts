import { IntersessionError } from '../../foundation/intersession-error.ts';

/**
 * Says what is wrong with a statement's failure when it was to write one patient's data over another's: every constraint
 * of that kind has `_own_` in its name.
 * @see src/record/migrations/0010-one-patient.sql
 * @throws `other-patient` in that case
 */
export function refuseOtherPatient(error: unknown): void {
  const table = ownedTable(error);
  if (table === undefined) return;
  throw new IntersessionError(
    'other-patient',
    { artefact: table },
    `This ${table} would stand under another patient or plan than its own; nothing was written.`,
    // the database's own error quotes the row: it goes no further
  );
}

function ownedTable(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('constraint' in error)) return undefined;
  return /^([a-z_]+?)_own_/.exec(String(error.constraint))?.[1];
}
