import { copyKey } from '../../record/session/copy-key.ts';
import { type AppRoute, defineAppRoute } from './app-route.ts';

/** `GET /copy-key`: our half of the key to what this person types on this device; kept in the page's memory only. */
export const copyKeyRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'get',
    path: '/copy-key',
    roles: ['clinician', 'coordinator', 'patient', 'integration'],
    writes: false,
    async handle({ smart, session }) {
      return { status: 200, body: { key: copyKey(smart.sessionKey, session) } };
    },
  }),
];
