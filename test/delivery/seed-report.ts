import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../src/record/database/database.ts';
import type { SeededArtefact } from './seed-record.ts';

/** A between-session report as the record would hold it: a note whose text ends with its mark. */
export function seededReport(id: string = randomUUID()): SeededArtefact {
  const text = `Done: 3 of 4.\n\n[IS:${id}:v1]\n`;
  return {
    artefact: 'report',
    id,
    groupId: `report:${id}`,
    resource: {
      resourceType: 'DocumentReference',
      identifier: [{ system: 'https://intersession.dev/id/report', value: id }],
      status: 'current',
      docStatus: 'preliminary',
      type: { coding: [{ system: 'http://loinc.org', code: '11506-3' }] },
      subject: { reference: 'Patient/sarah' },
      date: '2026-03-02T10:00:00-05:00',
      author: [{ display: 'Harbor Clinic' }],
      content: [
        { attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } },
        { attachment: { contentType: 'application/xhtml+xml', data: Buffer.from('<p/>').toString('base64') } },
      ],
    },
  };
}

/** The report's own row, which says what it tells at which version. */
export async function fileSeededReport(
  database: Queryable,
  tenant: string,
  { planId, id, members }: { planId: string; id: string; members: readonly object[] },
): Promise<void> {
  await database.query(
    `insert into plan (tenant, id, version, updated_at, patient_id, status, body) values ($1, $2, 1, now(), 'sarah', 'active', $3::jsonb)
     on conflict do nothing`,
    [tenant, planId, JSON.stringify({ id: planId, patientId: 'sarah' })],
  );
  await database.query(
    `insert into report (tenant, id, version, updated_at, plan_id, status, body) values ($1, $3, 1, now(), $2, 'filed', $4::jsonb)`,
    [tenant, planId, id, JSON.stringify({ planId, patientId: 'sarah', members })],
  );
}
