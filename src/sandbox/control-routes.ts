import express, { Router } from 'express';
import type { Faults } from './faults.ts';

/** `POST /control/faults` orders a disturbance, `DELETE /control/faults` takes all back. For tests. */
export function controlRoutes(faults: Faults): Router {
  const router = Router();
  router.post('/faults', express.json({ limit: '10kb' }), (request, response) => {
    const problems = faults.add(request.body);
    if (problems.length > 0) response.status(400).json({ problems });
    else response.status(204).end();
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  return router;
}
