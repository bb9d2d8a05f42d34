import { z } from 'zod';
import { permits } from '../oauth/scopes.ts';
import { maySee, type Shown, shownBy } from './shown-by.ts';

/** What the body of an answer is: one part, a plan with all that belongs to it, or ledger rows' own kind. */
export type AnswerKind = Shown | 'plan-view' | 'ledger-row';

/** The parts of a plan's view, by their names in it. */
export const partsOfView = {
  assignments: 'assignment',
  occurrences: 'occurrence',
  logs: 'log',
  barriers: 'barrier',
  feedback: 'feedback',
  reports: 'report',
  adherence: 'adherence',
} as const satisfies Record<string, Shown>;

const identified = z.looseObject({ id: z.string() });
const anyRow = z.looseObject({ id: z.string(), resourceType: z.string(), artefact: z.string() });
const anyPlanView = z.looseObject({
  plan: z.looseObject({ id: z.string(), patientId: z.string(), goals: z.unknown() }),
  landings: z.array(anyRow),
});

/**
 * What of an answer this token may read: permission to make or change something is none to be told what it is. Of a plan's
 * view the parts that it may not read are left out and named in `hidden`, so that nobody takes them for empty.
 */
export function limitAnswer(what: AnswerKind | undefined, body: unknown, scope: string): unknown {
  if (what === undefined) return body;
  if (what === 'plan-view') return limitPlanView(body, scope);
  if (what === 'ledger-row') {
    const row = anyRow.parse(body);
    return maySeeRow(scope, row) ? body : { id: row.id };
  }
  return maySee(scope, what) ? body : { id: identified.parse(body).id };
}

function limitPlanView(body: unknown, scope: string): Record<string, unknown> {
  const { plan, landings, ...rest } = anyPlanView.parse(body);
  const parts: Readonly<Record<string, Shown>> = partsOfView;
  const mayRead = (name: string) => maySee(scope, parts[name] ?? 'plan');
  const hidden = Object.keys(parts).filter((name) => !mayRead(name));
  const whole = maySee(scope, 'plan');
  const { goals, ...withoutGoals } = plan;
  const shownPlan = whole ? { ...withoutGoals, ...(maySee(scope, 'goal') ? { goals } : {}) } : undefined;
  const { id, patientId } = plan;
  const without = [...(whole ? [] : ['plan']), ...(maySee(scope, 'goal') ? [] : ['goals']), ...hidden];
  return {
    plan: shownPlan ?? { id, patientId },
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => mayRead(name))),
    landings: landings.filter((row) => maySeeRow(scope, row)),
    ...(without.length === 0 ? {} : { hidden: without }),
  };
}

/** Whether a token may read where an artefact stands in the EHR, and what the EHR said of it. */
function maySeeRow(scope: string, { resourceType, artefact }: z.output<typeof anyRow>): boolean {
  const types = artefact === 'safety' ? [resourceType, shownBy['safety-signal']] : [resourceType];
  return types.every((type) => permits(scope, { type, action: 'r' }));
}
