import { copyKey } from '../../record/session/copy-key.ts';
import { type AppRoute, defineAppRoute } from './app-route.ts';

/** A weekend without a connection, and some. */
const usualDays = 7;

/** `GET /copy-key`: our half of the key to what this person types on this device; kept in the page's memory only. */
export const copyKeyRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'get',
    path: '/copy-key',
    roles: ['clinician', 'coordinator', 'patient', 'integration'],
    writes: false,
    async handle({ smart, session, tenant }) {
      return {
        status: 200,
        body: { key: copyKey(smart.sessionKey, session), days: tenant.unsentKeptDays ?? usualDays },
      };
    },
  }),
];
