import { z } from 'zod';
import type { Answer } from '../open-doors.ts';
import { planBody } from '../sarah.ts';
import type { App, Tab } from '../smart/open-app.ts';

const entry = z.looseObject({ id: z.string() });
export const planShape = z.looseObject({
  plan: entry,
  assignments: z.array(
    z.looseObject({ id: z.string(), key: z.string(), status: z.string(), businessStatus: z.string() }),
  ),
  occurrences: z.array(z.looseObject({ id: z.string(), assignmentId: z.string(), status: z.string() })),
  logs: z.array(z.looseObject({ id: z.string(), status: z.string(), answers: z.record(z.string(), z.unknown()) })),
  barriers: z.array(entry),
  feedback: z.array(entry),
  reports: z.array(entry).optional(),
});
const changed = z.object({ plan: planShape });

export type ShownPlan = z.output<typeof planShape>;

/** The plan in the answer to a change. */
export function planIn(answer: Answer): ShownPlan {
  const parsed = changed.safeParse(answer.body);
  if (!parsed.success) throw new Error(`no plan in the answer ${answer.status}: ${answer.text.slice(0, 400)}`);
  return parsed.data.plan;
}

export function stepOf(plan: ShownPlan, key: string): ShownPlan['assignments'][number] {
  const found = plan.assignments.find((assignment) => assignment.key === key);
  if (found === undefined) throw new Error(`the plan has no step ${key}`);
  return found;
}

/** Sarah's plan, assigned by her clinician in the app. */
export async function assignPlan(app: App, tab: Tab): Promise<ShownPlan> {
  const { sourceId: _source, patientId: _patient, author: _author, addresses: _reasons, ...body } = planBody;
  return planIn(await app.call(tab, 'POST', '/app/v1/plans', body));
}
