import { type AppRoute, defineAppRoute } from './app-route.ts';

/** `GET /own-name`: who is signed in, for a page that was reloaded: the browser keeps nobody's name. */
export const ownNameRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'get',
    path: '/own-name',
    roles: ['clinician', 'coordinator', 'patient', 'integration'],
    writes: false,
    async handle({ session }) {
      return { status: 200, body: { userName: session.sealed.userName } };
    },
  }),
];
