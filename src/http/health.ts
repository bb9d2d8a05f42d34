import type { RequestHandler } from 'express';
import { IntersessionError } from '../foundation/intersession-error.ts';
import type { AppOptions, Health } from './app-options.ts';
import { mayMonitor } from './monitoring.ts';

const onThisMachine = { thisMachine: true };

/** `GET /health`: whether the process lives, and what it says of its parts to whom the configuration names; 503 only when it has failed. */
export function health({ health: ask, monitoring = onThisMachine }: AppOptions): RequestHandler {
  return async (request, response) => {
    const state = await ask();
    response.status(state.status === 'failed' ? 503 : 200).json(mayMonitor(monitoring, request) ? state : bare(state));
  };
}

/**
 * `GET /ready`: whether work may be sent here; 503 while starting, stopping, failed, or without the database. Which EHRs
 * are connected, and how they do, is said to whom the configuration names.
 */
export function ready({ health: ask, record, monitoring = onThisMachine }: AppOptions): RequestHandler {
  return async (request, response) => {
    const state = await ask();
    const database = await record.database.query('select 1').then(
      () => 'ok',
      () => 'unreachable',
    );
    const good = state.status === 'ready' && database === 'ok';
    const told = mayMonitor(monitoring, request) ? state : bare(state);
    response.status(good ? 200 : 503).json({ ...told, parts: { ...told.parts, database } });
  };
}

/** `GET /metrics`, in Prometheus' text format. @throws `invalid-token` for whom the configuration does not name */
export function metrics({ metrics: registry, monitoring = onThisMachine }: AppOptions): RequestHandler {
  return async (request, response) => {
    if (!mayMonitor(monitoring, request)) {
      const problem = 'it is none that the configuration names';
      throw new IntersessionError(
        'invalid-token',
        { problem },
        'The metrics are only for whom the configuration names.',
      );
    }
    response.type(registry.contentType).send(await registry.metrics());
  };
}

/** What a load balancer needs, and nothing of tenants. */
const bare = ({ status }: Health): Health => ({ status });
