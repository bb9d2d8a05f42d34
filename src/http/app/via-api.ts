import { z } from 'zod';
import type { ChangedPlan } from '../../contract/app/plan-view.ts';
import type { Role } from '../../homework/role.ts';
import type { OwnedArtefact } from '../../record/store/owner-of.ts';
import { type PersonWrite, personWrites } from '../access/person-writes.ts';
import { readLater } from '../api/parse-with.ts';
import type { ApiRoute } from '../api/route.ts';
import { apiRoutes } from '../api/routes.ts';
import { type AppCall, type AppRoute, declareAppRoute } from './app-route.ts';
import { openPatientOf, ownedByOpenPatient } from './open-record-of.ts';
import { showChangedPlan } from './show-changed-plan.ts';

type Given = Readonly<Record<string, unknown>>;

/** What the path names; its owner must be the open patient. */
const namedBy: readonly (readonly [string, OwnedArtefact])[] = [
  ['planId', 'plan'],
  ['assignmentId', 'assignment'],
  ['occurrenceId', 'occurrence'],
  ['logId', 'log'],
  ['barrierId', 'barrier'],
  ['feedbackId', 'feedback'],
];

const anyObject = z.record(z.string(), z.unknown()).meta(readLater);
const createdPlan = z.object({ plan: z.object({ id: z.string() }) });

interface ViaApi {
  readonly roles: readonly Role[];
  /** The body as the API takes it: who says so comes from the session, whatever the page has written there. */
  prepare?(body: Given, call: AppCall): Given;
}

type ChangedAnswer = { readonly status: number; readonly body: ChangedPlan };
type ViaApiRoute = Omit<AppRoute, 'run'> & { run(call: AppCall): Promise<ChangedAnswer> };

/**
 * A write of `/api/v1` under the same path in `/app/v1`: the same schema and the same use case, by the session's user and
 * for the session's patient; answered with the plan as it stands then.
 */
export function viaApi(operationId: string, { roles, prepare }: ViaApi): ViaApiRoute {
  const route = apiRoutes.find((apiRoute) => apiRoute.operationId === operationId);
  if (route === undefined) throw new TypeError(`the API has no operation ${operationId}`);
  const { method, path, bodyOptional = false } = route;
  return declareAppRoute<Record<string, unknown>, undefined, ChangedAnswer>({
    ...{ method, path, roles, writes: typesOf(route), bodyOptional },
    ...(route.body === undefined ? {} : { body: anyObject }),
    async handle(call) {
      const owner = await ownerInPath(call);
      const given: Given = call.body ?? {};
      const { session, smart: _smart, ...apiCall } = call;
      const answer = await route.run({
        ...apiCall,
        clientId: `app:${session.userReference}`,
        body: prepare === undefined ? call.body : prepare(given, call),
      });
      const planId = owner?.planId ?? createdPlan.parse(answer.body).plan.id;
      return { status: answer.status, body: await showChangedPlan(call, planId) };
    },
  });
}

/** The types that the API's operation writes, as its scopes name them. */
function typesOf({ needs }: ApiRoute): PersonWrite[] {
  return personWrites.filter((type) => needs.some((need) => /\.[cud]$/.test(need) && need.startsWith(`${type}.`)));
}

/** Whose plan the path speaks of; undefined for what makes a new one. */
export async function ownerInPath(call: AppCall<unknown, unknown>) {
  openPatientOf(call);
  const named = namedBy.find(([name]) => call.params[name] !== undefined);
  if (named === undefined) return undefined;
  return ownedByOpenPatient(call, { artefact: named[1], id: call.params[named[0]] ?? '' });
}
