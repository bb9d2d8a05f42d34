import { setTimeout as wait } from 'node:timers/promises';
import { appBodies } from '../../contract/app/bodies.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { rolesThatSee } from '../access/role-sees.ts';
import type { EhrConnection } from '../app-options.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';

const roles = rolesThatSee('connection');
/** What the EHR has not said by then, the page shows as not answered. */
const withinMs = 4_000;

/** The connection to the EHR, for whoever looks after it: whether it answers, what lands where, what it refused. */
export const connectionRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'get',
    path: '/connection',
    roles,
    writes: false,
    async handle(call) {
      return show(call, (await within(connectionOf(call).answers(), undefined)) ?? false);
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/connection/ask-again',
    roles,
    writes: false,
    body: appBodies['POST /connection/ask-again'],
    bodyOptional: true,
    async handle(call) {
      return show(call, await connectionOf(call).askAgain());
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/connection/try-again',
    roles,
    writes: [],
    body: appBodies['POST /connection/try-again'],
    bodyOptional: true,
    async handle(call) {
      return show(call, await connectionOf(call).tryAgain());
    },
  }),
];

function connectionOf({ options, tenant }: AppCall<unknown, unknown>): EhrConnection {
  const connection = options.connections?.get(tenant.id);
  if (connection !== undefined) return connection;
  throw new IntersessionError('not-supported', { what: 'the connection' }, 'This connection cannot be looked at here.');
}

async function show(call: AppCall<unknown, unknown>, answers: boolean) {
  const { record, tenant } = call;
  const connection = connectionOf(call);
  const [landings, corrections, successes] = await Promise.all([
    within(connection.landings(), undefined),
    within(connection.corrections(), undefined),
    within(connection.successes(), []),
  ]);
  const pulse = connection.pulse();
  const strangers = connection.strangers();
  const hold = connection.hold();
  return {
    status: 200,
    body: {
      now: record.clock.now().toISOString(),
      answers,
      // only while some request was not answered in time: since when, and which
      ...(pulse.state === 'answers' ? {} : { trouble: pulse }),
      fhirBase: tenant.fhirBase,
      vendor: tenant.vendor,
      // absent: the EHR has never said what it takes
      ...defined({ landings, hold }),
      successes,
      corrections: corrections ?? [],
      ...(strangers.length === 0 ? {} : { strangers }),
    },
  };
}

/** What comes in time; nothing, when it does not or cannot come. */
async function within<T, N>(asked: Promise<T>, otherwise: N): Promise<T | N> {
  const late = wait(withinMs, otherwise, { ref: false });
  return Promise.race([asked.catch(() => otherwise), late]);
}
