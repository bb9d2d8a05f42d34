import { z } from 'zod';
import { permits } from '../oauth/scopes.ts';
import { maySee, type Shown, shownBy } from './shown-by.ts';

/** What the body of an answer is: one part, a plan with all that belongs to it, or ledger rows' own kind. */
export type AnswerKind = Shown | 'plan-view';

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

/** What is answered of something that a token may make or change, but not read. */
export const onlyId = z
  .strictObject({ id: z.string() })
  .meta({ id: 'OnlyId', description: 'Who may not read it is answered which one it is, and no more' });

/** The shape of an answer that is a part: as it is, or its id alone. */
export const orOnlyId = <Shape extends z.ZodType>(shape: Shape) => z.union([shape, onlyId]);

const identified = z.looseObject({ id: z.string() });
const anyPlanView = z.looseObject({
  plan: z.looseObject({ id: z.string(), patientId: z.string() }),
  landings: z.array(z.looseObject({ resourceType: z.string(), artefact: z.string() })),
});

/**
 * What of an answer this token may read: permission to make or change something is none to be told what it is. Of a plan's
 * view the parts that it may not read are left out and named in `hidden`, so that nobody takes them for empty.
 */
export function limitAnswer(kind: AnswerKind | undefined, body: unknown, scope: string): unknown {
  if (kind === undefined) return body;
  if (kind === 'plan-view') return limitPlanView(body, scope);
  return maySee(scope, kind) ? body : { id: identified.parse(body).id };
}

function limitPlanView(body: unknown, scope: string): Record<string, unknown> {
  const { plan, landings, ...rest } = anyPlanView.parse(body);
  const parts: Readonly<Record<string, Shown>> = partsOfView;
  const mayRead = (name: string) => maySee(scope, parts[name] ?? 'plan');
  const hidden = Object.keys(parts).filter((name) => !mayRead(name));
  const whole = maySee(scope, 'plan');
  const { id, patientId } = plan;
  return {
    plan: whole ? plan : { id, patientId },
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => mayRead(name))),
    landings: landings.filter(({ resourceType, artefact }) => {
      const types = artefact === 'safety' ? [resourceType, shownBy['safety-signal']] : [resourceType];
      return types.every((type) => permits(scope, { type, action: 'r' }));
    }),
    ...(whole && hidden.length === 0 ? {} : { hidden: [...(whole ? [] : ['plan']), ...hidden] }),
  };
}
