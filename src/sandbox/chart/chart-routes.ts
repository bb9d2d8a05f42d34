import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import express, { type Request, Router } from 'express';
import type { AuthorizationServer } from '../auth/authorization-server.ts';
import type { FaceServer } from '../fhir/served-face.ts';
import { html } from './html.ts';
import { launchRoutes } from './launch-routes.ts';
import { page } from './page.ts';
import { chartFragment, patientChart } from './patient-chart.ts';
import { patientList } from './patient-list.ts';
import { openRecord } from './patient-record.ts';

const assets = fileURLToPath(new URL('./assets', import.meta.url));

/** The pages of this EHR's own user interface, read from the stores in this process. */
export function chartRoutes(authorizations: readonly AuthorizationServer[], serviceUrl: string): Router {
  const servers = authorizations.map(({ server }) => server);
  const router = Router();
  const boot = randomUUID();
  const serverOf = (request: Request): FaceServer | undefined =>
    servers.find(({ face }) => face.name === (request.query.face ?? servers[0]?.face.name));
  const versionOf = (server: FaceServer) => `"${boot}-${server.store.changes}"`;

  router.use('/assets', express.static(assets, { maxAge: 0, index: false }));
  router.use(launchRoutes(authorizations, serviceUrl));
  router.get('/', (request, response, next) => {
    const server = serverOf(request);
    if (server === undefined) return next();
    response.type('html').send(patientList(server).text);
  });
  router.get('/chart/:patientId', (request, response, next) => {
    const server = serverOf(request);
    const record = server && openRecord(server, request.params.patientId);
    if (!record) return next();
    response
      .type('html')
      .set('Cache-Control', 'no-store')
      .send(patientChart(record, versionOf(record.server)).text);
  });
  router.get('/chart/:patientId/fragment', (request, response, next) => {
    const server = serverOf(request);
    const record = server && openRecord(server, request.params.patientId);
    if (!record) return next();
    const version = versionOf(record.server);
    response.set({ ETag: version, 'Cache-Control': 'no-store' });
    if (request.get('if-none-match') === version) response.status(304).end();
    else response.type('html').send(chartFragment(record).text);
  });
  router.get('/chart/:patientId/json/:type/:id', (request, response, next) => {
    const resource = serverOf(request)?.store.current(request.params.type, request.params.id)?.resource;
    if (resource === undefined) return next();
    response
      .type('json')
      .set('Cache-Control', 'no-store')
      .send(JSON.stringify(resource, null, 2));
  });
  router.use((request, response) => {
    const server = serverOf(request) ?? servers[0];
    if (server === undefined) return void response.status(404).end();
    const face = server.face.name;
    const body = html`<h1>Not found</h1><p>There is no such page or patient here. <a href="/?face=${face}">All patients</a></p>`;
    response
      .status(404)
      .type('html')
      .send(page('Not found', server, '/', body).text);
  });
  return router;
}
