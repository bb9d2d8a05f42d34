import { z } from 'zod';
import { plan, plannedAt } from '../../src/cli/demo/sarah.ts';
import type { Stage } from './stage.ts';

const planned = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(z.object({ id: z.string(), key: z.string() })),
});

/** Makes Sarah's plan, or one like it for somebody else, through the public API. @returns its id and the ids of its steps by key */
export async function makePlan(stage: Stage, tenant: string, patientId = 'sarah', by?: string) {
  const tailor = by === undefined ? plan.tailor : { ...plan.tailor, '1': { schedule: { type: 'once', by } } };
  const { addresses, ...rest } = plan;
  const body = {
    ...rest,
    ...(patientId === 'sarah' ? { addresses } : {}),
    tailor,
    patientId,
    sourceId: `screens-${patientId}`,
  };
  const answer = planned.parse((await stage.house.api(tenant).request('POST', '/api/v1/plans', body)).body);
  return { id: answer.plan.id, steps: new Map(answer.assignments.map(({ key, id }) => [key, id])) };
}

/** Other patients for the coordinator's list: on track, overdue, stopped by a barrier, waiting for the clinician. */
export async function fillRoster(stage: Stage): Promise<void> {
  await stage.setClock('sandbox', plannedAt);
  const api = stage.house.api('sandbox');
  await makePlan(stage, 'sandbox', 'marcus-bell', '2026-03-24');
  const ines = await makePlan(stage, 'sandbox', 'ines-carvalho', '2026-03-23');
  await makePlan(stage, 'sandbox', 'mei-lin-zhou', '2026-04-02');
  const sean = await makePlan(stage, 'sandbox', 'sean-obrien', '2026-03-28');
  await stage.setClock('sandbox', '2026-03-02T15:00:00Z');
  await api.request('POST', `/api/v1/assignments/${ines.steps.get('1')}/barriers`, {
    sourceId: 'screens-ines-barrier',
    code: 'too-hard',
    saidBy: 'patient',
  });
  await api.request('POST', `/api/v1/assignments/${sean.steps.get('1')}/logs`, {
    sourceId: 'screens-sean-log',
    patientId: 'sean-obrien',
    performedAt: '2026-03-02T10:00:00-05:00',
    status: 'completed',
    answers: { situation: 'Team lunch', 'belief-before': 70, 'belief-after': 60, 'suds-before': 50, 'suds-after': 35 },
  });
}
