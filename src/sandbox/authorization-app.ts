import { fileURLToPath } from 'node:url';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { AuthorizationServer } from './auth/authorization-server.ts';
import { authorizeRoute } from './auth/authorize-route.ts';
import { disturbAuthorization } from './auth/disturb-authorization.ts';
import { signInRoutes } from './auth/sign-in-routes.ts';
import { smartStyle } from './auth/smart-configuration.ts';
import type { Faults } from './faults.ts';
import { loopbackOnly } from './loopback-only.ts';
import { type PageOrigins, pageHeaders } from './page-headers.ts';

const assets = fileURLToPath(new URL('./chart/assets', import.meta.url));

/** The authorization servers of all faces, on an origin of their own. */
export function authorizationApp(
  authorizations: readonly AuthorizationServer[],
  { host, origins, faults }: { host: string; origins: PageOrigins; faults: Faults },
): Express {
  const app = express();
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(helmet(pageHeaders(origins)));
  app.use('/assets', express.static(assets, { maxAge: 0, index: false }));
  app.get('/smart-style.json', (_request, response) => {
    response.set('Access-Control-Allow-Origin', '*').set('Cross-Origin-Resource-Policy', 'cross-origin');
    response.json(smartStyle);
  });
  for (const authorization of authorizations) {
    const answer: RequestHandler = authorization.provider.callback();
    const face = authorization.server.face.name;
    const path = `/${face}`;
    app.use(`${path}/sign-in`, loopbackOnly(host));
    app.use(
      path,
      disturbAuthorization(face, faults),
      authorizeRoute(answer),
      signInRoutes(authorization, answer),
      answer,
    );
  }
  return app;
}
