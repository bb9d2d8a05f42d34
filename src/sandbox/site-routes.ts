import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import {
  activatePatient,
  deactivatePatient,
  mergePatient,
  recordDeath,
  refilePatient,
  removePatient,
} from './change-patient.ts';
import { beginVisit, endVisits } from './change-visit.ts';
import type { FaceServer } from './fhir/served-face.ts';
import { logicalId } from './logical-id.ts';

const id = z.string().regex(new RegExp(`^${logicalId}$`), 'is not a logical id');
const visitSchema = z.strictObject({
  patient: id,
  visit: z.enum(['begin', 'end']),
  clinician: z
    .string()
    .regex(new RegExp(`^Practitioner/${logicalId}$`), 'is not Practitioner/<id>')
    .default('Practitioner/dr-okafor'),
});
const patientSchema = z
  .strictObject({
    patient: id,
    change: z.enum(['merge', 'activate', 'deactivate', 'remove', 'die']),
    into: id.optional(),
    at: z.string().optional(),
  })
  .refine(({ change, into, patient }) => change !== 'merge' || (into !== undefined && into !== patient), {
    path: ['into'],
    message: 'a merge needs another patient',
  });
const resourceSchema = z.strictObject({ reference: z.string(), patient: id });
const decisionSchema = z.strictObject({
  type: z.string(),
  id,
  decision: z.enum(['accept', 'refuse']),
  reason: z.string().min(1).default('not for this chart'),
});

/**
 * What administrators and staff of one site do, for tests, under `/control/site/<face>`:
 * `GET`, `PATCH` (what is named) and `DELETE` (all) its settings · `POST /visits` begins or ends a patient's visit ·
 * `POST /patients` merges, deactivates or removes a patient, or records that they have died ·
 * `POST /resources` files a resource under another patient, as staff correct a mistake ·
 * `GET /reviews` lists what was held, `POST /reviews` accepts or refuses one.
 */
export function siteRoutes(servers: readonly FaceServer[]): Router {
  const router = Router();
  router.use(express.json({ limit: '100kb' }));
  for (const server of servers) router.use(`/${server.face.name}`, routesOf(server));
  return router;
}

function routesOf(server: FaceServer): Router {
  const router = Router();
  router.get('/', (_request, response) => void response.json(server.site.settings));
  router.patch('/', (request, response) => {
    const problems = server.site.change(request.body);
    if (problems.length > 0) response.status(400).json({ problems });
    else response.json(server.site.settings);
  });
  router.delete('/', (_request, response) => {
    server.site.reset();
    response.status(204).end();
  });
  router.post(
    '/visits',
    ordered(visitSchema, ({ patient, visit, clinician }) => {
      if (server.store.current('Patient', patient)?.resource === undefined) return undefined;
      return visit === 'begin' ? [beginVisit(server, patient, clinician)] : endVisits(server, patient);
    }),
  );
  router.post(
    '/patients',
    ordered(patientSchema, ({ patient, change, into, at }) => {
      const there = (text: string) => server.store.current('Patient', text)?.resource !== undefined;
      if (!there(patient) || (into !== undefined && !there(into))) return undefined;
      switch (change) {
        case 'merge':
          return mergePatient(server, patient, into ?? patient);
        case 'activate':
          return activatePatient(server, patient);
        case 'deactivate':
          return deactivatePatient(server, patient);
        case 'remove':
          return removePatient(server, patient);
        case 'die':
          return recordDeath(server, patient, at);
      }
    }),
  );
  router.post(
    '/resources',
    ordered(resourceSchema, ({ reference, patient }) => refilePatient(server, reference, patient)),
  );
  router.get('/reviews', (_request, response) => void response.json(server.reviews.list()));
  router.post(
    '/reviews',
    ordered(decisionSchema, ({ type, id: held, decision, reason }) => {
      const done =
        decision === 'accept'
          ? server.reviews.accept(server.store, type, held)
          : server.reviews.refuse(type, held, reason);
      return done ? [held] : undefined;
    }),
  );
  return router;
}

/** Carries out an order and answers with the ids it concerned; 400 for one that is no order, 404 when it finds nothing. */
function ordered<S extends z.ZodType>(
  schema: S,
  carryOut: (order: z.output<S>) => string[] | undefined,
): RequestHandler {
  return (request, response) => {
    const parsed = schema.safeParse(request.body);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      return void response.status(400).json({ problems });
    }
    const ids = carryOut(parsed.data);
    response.status(ids === undefined ? 404 : 200).json({ ids: ids ?? [] });
  };
}
