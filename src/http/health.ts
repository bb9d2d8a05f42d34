import type { RequestHandler } from 'express';
import type { AppOptions } from './app-options.ts';

/** `GET /health`: whether the process lives, and what it says of its parts; 503 only when it has failed. */
export function health({ health: ask }: AppOptions): RequestHandler {
  return async (_request, response) => {
    const state = await ask();
    response.status(state.status === 'failed' ? 503 : 200).json(state);
  };
}

/** `GET /ready`: whether work may be sent here; 503 while starting, stopping, failed, or without the database. */
export function ready({ health: ask, record }: AppOptions): RequestHandler {
  return async (_request, response) => {
    const state = await ask();
    const database = await record.database.query('select 1').then(
      () => 'ok',
      () => 'unreachable',
    );
    const good = state.status === 'ready' && database === 'ok';
    response.status(good ? 200 : 503).json({ ...state, parts: { ...state.parts, database } });
  };
}

/** `GET /metrics`, in Prometheus' text format. */
export function metrics({ metrics: registry }: AppOptions): RequestHandler {
  return async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  };
}
