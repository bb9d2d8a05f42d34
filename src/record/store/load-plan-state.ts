import type {
  Assignment,
  Barrier,
  Feedback,
  Instant,
  Log,
  Occurrence,
  Plan,
  PlanState,
  Report,
} from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';

/** A plan as stored. */
export interface LoadedPlan {
  readonly state: PlanState;
  readonly version: number;
  readonly updatedAt: Instant;
  /** Who made it: an actor's key. */
  readonly madeBy: string;
}

/** By what a plan is named: its own id, or that of something which belongs to it. */
export interface PlanMember {
  readonly artefact: 'plan' | 'assignment' | 'occurrence' | 'log' | 'barrier';
  readonly id: string;
}

/** SQL for the plan's id, from the member's `$2` in tenant `$1`. */
export const planIdOf = {
  plan: '$2',
  assignment: '(select plan_id from assignment where tenant = $1 and id = $2)',
  occurrence: '(select plan_id from occurrence where tenant = $1 and id = $2)',
  log: '(select plan_id from log where tenant = $1 and id = $2)',
  barrier: '(select plan_id from barrier where tenant = $1 and id = $2)',
} as const;

const locks = { none: '', wait: 'for update', skip: 'for update skip locked' } as const;

interface PlanRow {
  version: number;
  updated_at: Instant;
  made_by: string;
  body: Plan;
}

interface ChildrenRow {
  assignments: Assignment[];
  occurrences: Occurrence[];
  logs: Omit<Log, 'items'>[];
  answers: string[];
  barriers: Barrier[];
  feedback: Feedback[];
  reports: Report[];
  open_signals: number;
  deceased: boolean | null;
  deceased_at: Instant | null;
  next_visit: Instant | null;
}

// In the order in which things happened: json_agg alone promises none. Of jsonb_agg it would be one value first, and text after that.
const childrenSql = `select
  (select coalesce(json_agg(body order by (body->>'step')::int, id), '[]') from assignment where tenant = $1 and plan_id = $2) as assignments,
  (select coalesce(json_agg(body order by body->>'openedAt', assignment_id, (body->>'ordinal')::int), '[]') from occurrence where tenant = $1 and plan_id = $2) as occurrences,
  (select coalesce(json_agg(body order by body->>'performedAt', id), '[]') from log where tenant = $1 and plan_id = $2) as logs,
  (select coalesce(json_agg(items::text order by body->>'performedAt', id), '[]') from log where tenant = $1 and plan_id = $2) as answers,
  (select coalesce(json_agg(body order by body->>'recordedAt', id), '[]') from barrier where tenant = $1 and plan_id = $2) as barriers,
  (select coalesce(json_agg(body order by body->>'sentAt', id), '[]') from feedback where tenant = $1 and plan_id = $2) as feedback,
  (select coalesce(json_agg(body order by body->>'createdAt', (body->>'version')::int, id), '[]') from report where tenant = $1 and plan_id = $2) as reports,
  (select count(*)::int from safety_signal where tenant = $1 and patient_id = $3 and status = 'open') as open_signals,
  (select deceased from patient_standing where tenant = $1 and patient_id = $3) as deceased,
  (select deceased_at from patient_standing where tenant = $1 and patient_id = $3) as deceased_at,
  (select at from next_visit where tenant = $1 and patient_id = $3) as next_visit`;

/**
 * Loads a plan with all that belongs to it, found by its own id or a member's; undefined when there is none, or, with
 * `lock: 'skip'`, when another transaction holds it.
 *
 * Two statements on purpose: a statement that has waited for the lock still reads other tables as of its own start, so
 * the children must be read by a second one.
 */
export async function loadPlanState(
  database: Queryable,
  tenantId: string,
  member: PlanMember,
  lock: keyof typeof locks,
): Promise<LoadedPlan | undefined> {
  const plans = await database.query<PlanRow>(
    `select version, updated_at, made_by, body from plan where tenant = $1 and id = ${planIdOf[member.artefact]} ${locks[lock]}`,
    [tenantId, member.id],
  );
  const plan = plans.rows[0];
  if (plan === undefined) return undefined;
  const { rows } = await database.query<ChildrenRow>(childrenSql, [tenantId, plan.body.id, plan.body.patientId]);
  const children = rows[0];
  if (children === undefined) throw new Error('a select without a from clause returned no row');
  const { logs, answers, open_signals: openSafetySignals, deceased, deceased_at: at, next_visit, ...lists } = children;
  const died = deceased === true ? { deceased: at === null ? {} : { at } } : {};
  const visit = next_visit === null ? {} : { nextVisit: next_visit };
  return {
    state: { plan: plan.body, ...lists, logs: withAnswers(logs, answers), openSafetySignals, ...died, ...visit },
    version: plan.version,
    updatedAt: plan.updated_at,
    madeBy: plan.made_by,
  };
}

/** Answers are read when somebody asks for them: most changes ask for hardly any of a long plan's. */
function withAnswers(logs: readonly Omit<Log, 'items'>[], answers: readonly string[]): Log[] {
  return logs.map((log, index) => {
    const text = answers[index] ?? '[]';
    let items: Log['items'] | undefined;
    return {
      ...log,
      get items() {
        items ??= readItems(text);
        return items;
      },
    };
  });
}

function readItems(text: string): Log['items'] {
  return JSON.parse(text);
}
