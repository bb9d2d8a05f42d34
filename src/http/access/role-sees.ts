import type { Role } from '../../homework/role.ts';

/**
 * How far a role sees a part of homework in the app: of the patient who is open in the session; of everyone on their
 * roster whom the EHR lets them read; of the tenant, by ids alone; or not at all.
 */
export type Sight = 'open patient' | 'roster' | 'tenant' | 'no';

/** What the app shows, in the words of the table in `docs/access.md`. */
export const roleParts = {
  homework: 'plan, assignments, occurrences, adherence, barriers, messages',
  shared: 'answers of logs that were sent, but for what is withheld',
  withheld:
    'answers that the patient withholds (a report that was filed while they were shared keeps them; its addendum says that they are not shared any more)',
  draft: 'the words of a log that was begun and not sent (that it was begun: whoever sees homework)',
  reports: 'reports and addenda',
  safety: 'safety signals, their evidence, whom to call',
  standing: 'where each artefact stands in the EHR',
  ehrWords: 'what the EHR said about a row, and each attempt',
  list: 'the list of patients: birth date, record number, telephone, next visit; titles, who looks after them, the current step, what was missed, overdue, barrier, that a message is not read, signal, contact notes',
  connection: 'the connection: landing table, what the EHR refused, checks of the ledger, merges',
} as const;
export type RolePart = keyof typeof roleParts;

/** Who sees what in the app. The pages' routes ask this table, and `docs/access.md` is written from it. */
export const roleSees: Readonly<Record<Role, Readonly<Record<RolePart, Sight>>>> = {
  patient: {
    homework: 'open patient',
    shared: 'open patient',
    withheld: 'open patient',
    draft: 'open patient',
    // written by clinicians for clinicians; the patient has it from the EHR, when its clinic shares notes
    reports: 'no',
    safety: 'no',
    standing: 'open patient',
    ehrWords: 'no',
    list: 'no',
    connection: 'no',
  },
  clinician: {
    homework: 'open patient',
    shared: 'open patient',
    withheld: 'no',
    draft: 'no',
    reports: 'open patient',
    safety: 'open patient',
    standing: 'open patient',
    ehrWords: 'no',
    list: 'no',
    connection: 'no',
  },
  coordinator: {
    homework: 'open patient',
    shared: 'open patient',
    withheld: 'no',
    draft: 'no',
    reports: 'open patient',
    safety: 'open patient',
    standing: 'open patient',
    ehrWords: 'no',
    list: 'roster',
    connection: 'no',
  },
  integration: {
    homework: 'no',
    shared: 'no',
    withheld: 'no',
    draft: 'no',
    reports: 'no',
    safety: 'no',
    standing: 'tenant',
    ehrWords: 'tenant',
    list: 'no',
    connection: 'tenant',
  },
};

/** Whether a role sees a part of the patient who is open. */
export function seesOfOpenPatient(role: Role, part: RolePart): boolean {
  return roleSees[role][part] === 'open patient';
}

/** Roles that see a part at all. */
export function rolesThatSee(part: RolePart): readonly Role[] {
  return (Object.keys(roleSees) as Role[]).filter((role) => roleSees[role][part] !== 'no');
}
