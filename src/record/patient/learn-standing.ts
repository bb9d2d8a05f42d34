import type { PatientState } from '../../homework/patient/patient-standing.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { keepStanding, type LearnedFrom } from './keep-standing.ts';

/**
 * Asks the EHR how a patient stands there, by the service's own access, and keeps it, so that whoever decides about
 * patients who are merged or not there hears of them.
 * @returns undefined when the EHR does not say now
 */
export async function learnStanding(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, from }: { readonly patientId: string; readonly from: LearnedFrom },
): Promise<PatientState | undefined> {
  tenantOf(record, tenantId);
  const { database } = record;
  const asked = await record.standingOf(tenantId, patientId);
  if (asked.answer === 'unreachable') return undefined;
  const standing = asked.answer === 'known' ? asked.standing : ({ state: 'gone' } as const);
  if (asked.answer === 'unknown' && !(await wasKnown(record, tenantId, patientId))) return standing.state;
  await keepStanding(database, tenantId, patientId, { standing, from, at: record.clock.now() });
  return standing.state;
}

/** Of one whom the EHR never knew, delivery says so by itself. */
async function wasKnown({ database }: HomeworkRecord, tenantId: string, patientId: string): Promise<boolean> {
  const { rows } = await database.query<{ state: string }>('select state from patient where tenant = $1 and id = $2', [
    tenantId,
    patientId,
  ]);
  return rows[0]?.state === 'verified';
}
