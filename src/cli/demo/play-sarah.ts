import { z } from 'zod';
import type { BackendClient } from '../backend-client.ts';
import { ledgerOf } from './await-delivery.ts';
import * as sarah from './sarah.ts';

const planView = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(z.object({ id: z.string(), key: z.string(), status: z.string(), businessStatus: z.string() })),
});

const planPage = z.object({
  plans: z.array(
    z.object({ id: z.string(), period: z.object({ start: z.string(), end: z.string().optional() }).loose() }),
  ),
});

/** The plan of a case that was played to its end: its last step was missed, and its report is filed; undefined: not yet. */
async function playedBefore(api: BackendClient): Promise<string | undefined> {
  const { patientId, period } = sarah.plan;
  const query = new URLSearchParams({ patientId, limit: '200' });
  const { plans } = planPage.parse((await api.request('GET', `/api/v1/plans?${query}`)).body);
  for (const { id, period: its } of plans) {
    if (its.start !== period.start || its.end !== period.end) continue;
    const { assignments } = planView.parse((await api.request('GET', `/api/v1/plans/${id}`)).body);
    const rows = await ledgerOf(api, id);
    const missed = assignments.some(({ key, businessStatus }) => key === '4b' && businessStatus === 'missed');
    if (missed && rows.some(({ artefact }) => artefact === 'report')) return id;
  }
  return undefined;
}

/**
 * Tells Sarah's case to the service as a homework product would: by the public API, each thing at the time it happened
 * (the sandbox tenant's clock is set to it). One that broke off is gone on with, as every call names its source id; one
 * that was played to its end is not told again, and nobody's clock is turned back for it.
 * @returns the id of her plan
 */
export async function playSarah(
  api: BackendClient,
  tenant: string,
  say: (line: string) => void,
): Promise<{ planId: string }> {
  const before = await playedBefore(api);
  if (before !== undefined) {
    say('Played before: nothing is told again, and the clock stays as it is');
    return { planId: before };
  }
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
