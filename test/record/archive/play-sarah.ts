import type { HomeworkRecord } from '../../../src/record/homework-record.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../../src/record/use-cases/get-plan.ts';
import { giveFeedback } from '../../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../../src/record/use-cases/record-barrier.ts';
import { setSandboxClock } from '../../../src/record/use-cases/set-sandbox-clock.ts';
import { talkOverBarrier } from '../../../src/record/use-cases/talk-over-barrier.ts';
import { sarahsLogs, sarahsPlan } from '../sarah-case.ts';

/** Sarah's case to the end of her visit, with a message and a report. @returns the plan's id */
export async function playSarah(record: HomeworkRecord, tenant: string): Promise<string> {
  const clock = (set: string) => setSandboxClock(record, { tenants: [tenant], set });
  await clock('2026-03-01T10:00:00-05:00');
  const { planId, state } = await createPlan(record, tenant, sarahsPlan);
  const idOf = (key: string) => state.assignments.find((assignment) => assignment.key === key)?.id ?? '';
  for (const { key, ...log } of sarahsLogs) {
    await clock(new Date(Date.parse(log.performedAt) + 30 * 60_000).toISOString());
    await logHomework(record, tenant, { ...log, assignmentId: idOf(key), patientId: 'sarah' });
  }
  for (const at of ['2026-03-24T04:00:01-04:00', '2026-03-25T04:00:01-04:00', '2026-03-25T15:00:00-04:00'])
    await clock(at);
  const of = { artefact: 'assignment', id: idOf('4b') } as const;
  const { barrier } = await recordBarrier(record, tenant, { of, code: 'fear' });
  await talkOverBarrier(record, tenant, { barrierId: barrier.id });
  const author = 'Practitioner/dr-okafor';
  await giveFeedback(record, tenant, { of: { artefact: 'plan', id: planId }, author, text: 'Well done' });
  await fileReport(record, tenant, { planId });
  await getPlan(record, tenant, planId);
  return planId;
}
