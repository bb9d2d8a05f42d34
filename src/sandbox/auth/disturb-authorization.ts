import { setTimeout as delay } from 'node:timers/promises';
import { type RequestHandler, Router } from 'express';
import type { FaceName } from '../face-name.ts';
import type { Faults } from '../faults.ts';

/** Disturbances ordered for type `authorize` or `token`: this EHR is slow, breaks off or answers with an error. */
export function disturbAuthorization(face: FaceName, faults: Faults): Router {
  const disturb =
    (endpoint: 'authorize' | 'token'): RequestHandler =>
    async (request, response, next) => {
      const fault = faults.takeFor(face, endpoint);
      if (fault?.action === 'delay') await delay(fault.delayMs);
      if (fault === undefined || fault.action === 'delay') return next();
      if (fault.action !== 'status') return void request.socket.destroy();
      if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(fault.retryAfterSeconds));
      response.status(fault.status ?? 500).json({ error: 'temporarily_unavailable' });
    };
  const router = Router();
  router.use('/authorize', disturb('authorize'));
  router.use('/token', disturb('token'));
  return router;
}
