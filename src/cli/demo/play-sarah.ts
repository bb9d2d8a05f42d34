import { z } from 'zod';
import type { BackendClient } from '../backend-client.ts';
import * as sarah from './sarah.ts';

const planView = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(z.object({ id: z.string(), key: z.string(), status: z.string(), businessStatus: z.string() })),
});

/**
 * Tells Sarah's case to the service as a homework product would: by the public API, each thing at the time it happened
 * (the sandbox tenant's clock is set to it). Saying it again says nothing new: every call names its source id.
 * @returns the id of her plan
 */
export async function playSarah(
  api: BackendClient,
  tenant: string,
  say: (line: string) => void,
): Promise<{ planId: string }> {
  const at = (time: string) => api.request('POST', '/sandbox/clock', { tenant, set: new Date(time).toISOString() });

  await at(sarah.plannedAt);
  const planned = planView.parse((await api.request('POST', '/api/v1/plans', sarah.plan)).body);
  const planId = planned.plan.id;
  const assignment = (key: string): string => {
    const found = planned.assignments.find((assignment) => assignment.key === key);
    if (found === undefined) throw new Error(`the plan has no step "${key}"`);
    return found.id;
  };
  say(`Planned: ${planned.assignments.length} steps, the first unlocked`);

  for (const { log, step, performedAt, answers } of sarah.logs) {
    await at(performedAt);
    await api.request('POST', `/api/v1/assignments/${assignment(step)}/logs`, {
      sourceId: `sarah-log-${log}`,
      patientId: sarah.plan.patientId,
      performedAt,
      status: 'completed',
      answers,
    });
    say(`Logged ${log}, performed ${performedAt}`);
  }

  for (const time of [sarah.overdueFrom, sarah.missedFrom]) {
    await at(time);
    const now = planView.parse((await api.request('GET', `/api/v1/plans/${planId}`)).body);
    const step = now.assignments.find((assignment) => assignment.key === '4b');
    say(`Step 4b at ${time}: ${step?.businessStatus}`);
  }

  await at(sarah.visitAt);
  const { body } = await api.request('POST', `/api/v1/assignments/${assignment('4b')}/barriers`, {
    sourceId: 'sarah-barrier-4b',
    ...sarah.barrier,
  });
  const barrier = z.object({ id: z.string() }).parse(body);
  await api.request('POST', `/api/v1/barriers/${barrier.id}/talked-over`, {});
  say(`Barrier "${sarah.barrier.code}" talked over at ${sarah.visitAt}`);
  await api.request('POST', `/api/v1/plans/${planId}/reports`, {
    sourceId: 'sarah-report-2026-03-25',
    from: new Date(sarah.plannedAt).toISOString(),
    to: new Date(sarah.visitAt).toISOString(),
    author: sarah.plan.author,
  });
  say('Between-session report filed');
  return { planId };
}
