import type { Instant } from '../../homework/model.ts';
import type { PatientStanding } from '../../homework/patient/patient-standing.ts';
import type { Queryable } from '../database/database.ts';
import { survivorOf } from './survivor-of.ts';

/** What is known here of a patient beyond their homework. */
export interface KnownStanding extends PatientStanding {
  readonly learnedAt?: Instant;
  /** Who they are now, once a person has confirmed it: their homework stands there. */
  readonly movedTo?: string;
}

interface StandingRow {
  state: PatientStanding['state'];
  survivor_id: string | null;
  deceased: boolean;
  deceased_at: Instant | null;
  learned_at: Instant;
}

/** How a patient stands by what was last learned of the EHR, and whether a person has confirmed a merge. */
export async function readStanding(database: Queryable, tenantId: string, patientId: string): Promise<KnownStanding> {
  const { rows } = await database.query<StandingRow>(
    `select state, survivor_id, deceased, deceased_at, learned_at from patient_standing where tenant = $1 and patient_id = $2`,
    [tenantId, patientId],
  );
  const [row] = rows;
  const survivor = await survivorOf(database, tenantId, patientId);
  const moved = survivor === patientId ? {} : { movedTo: survivor };
  if (row === undefined) return { state: survivor === patientId ? 'current' : 'merged', ...moved };
  return {
    // what a person has confirmed stands, whatever the EHR says later
    state: survivor === patientId ? row.state : 'merged',
    ...(row.survivor_id === null ? {} : { survivorId: row.survivor_id }),
    ...(row.deceased ? { deceased: row.deceased_at === null ? {} : { at: row.deceased_at } } : {}),
    learnedAt: row.learned_at,
    ...moved,
  };
}
