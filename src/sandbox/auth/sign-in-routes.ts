import express, { type RequestHandler, type Response, Router } from 'express';
import type { Html } from '../chart/html.ts';
import { mayOpen, patientId } from './access.ts';
import { withAnswerIssuer } from './answer-issuer.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import { type Decision, decisionOf } from './grant-launch.ts';
import type { Launch } from './launches.ts';
import { openEncounter } from './open-encounter.ts';
import { consentPage, fixedScopes } from './pages/consent-page.ts';
import { expiredPage } from './pages/error-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { type User, userOf, usersOf } from './users.ts';

/** An authorization request that waits for a person. */
interface Waiting {
  uid: string;
  params: Record<string, string>;
  app: { name: string; redirectUri: string };
  /** The launch it came from, when the EHR started it. */
  launch: Launch | undefined;
  end(): Promise<void>;
}

/**
 * The pages between an app's request and its code: who are you, and may it. The request is found by the unguessable id
 * in the address, not by a cookie, and goes through the authorization endpoint again with the person's decision.
 */
export function signInRoutes(authorization: AuthorizationServer, answer: RequestHandler): Router {
  const { server } = authorization;
  const router = Router();
  router.get('/sign-in/:uid', async (request, response) => {
    const waiting = await findWaiting(authorization, request.params.uid);
    if (waiting === undefined) return send(response, expiredPage(), 404);
    const path = `${server.authorization.issuer}/sign-in/${waiting.uid}`;
    const user = userOf(server, waiting.launch?.user ?? String(request.query.user ?? ''));
    if (user === undefined) return send(response, signInPage(path, waiting.app.name, usersOf(server)));
    const question = {
      path,
      appName: waiting.app.name,
      appOrigin: new URL(waiting.app.redirectUri).origin,
      user,
      scopes: scopesOf(waiting),
      patients: patientsToChoose(authorization, waiting, user),
    };
    send(response, consentPage(question));
  });
  router.post('/sign-in/:uid', express.urlencoded({ extended: false }), async (request, response, next) => {
    const waiting = await findWaiting(authorization, request.params.uid);
    if (waiting === undefined) return send(response, expiredPage(), 404);
    const { user: chosen, patient, scope = [], decision } = request.body as Record<string, string | string[]>;
    const user = userOf(server, waiting.launch?.user ?? String(chosen));
    if (user === undefined) return send(response, expiredPage(), 400);
    await waiting.end();
    const params = new URLSearchParams(waiting.params);
    if (decision !== 'allow')
      return response.redirect(303, withAnswerIssuer(server.site, denial(waiting, server.authorization.issuer)));
    const ticked = new Set([scope].flat());
    const made = decisionFor(authorization, waiting, user, String(patient ?? ''));
    authorization.decisions.set(request, {
      ...made,
      allows: (text) => made.allows(text) && (ticked.has(text) || fixedScopes.has(text)),
    });
    delete request.headers.cookie;
    request.method = 'GET';
    request.url = `/authorize?${params}`;
    answer(request, response, next);
  });
  return router;
}

async function findWaiting(authorization: AuthorizationServer, uid: string): Promise<Waiting | undefined> {
  const interaction = await authorization.provider.Interaction.find(uid);
  if (interaction === undefined) return undefined;
  const params = Object.fromEntries(
    Object.entries(interaction.params).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const app = authorization.clients.find(({ clientId }) => clientId === params.client_id)?.app;
  const launch = params.launch === undefined ? undefined : await authorization.launches.find(params.launch);
  if (app === undefined || (params.launch !== undefined && launch === undefined)) return undefined;
  return { uid, params, app, launch, end: () => interaction.destroy() };
}

function scopesOf({ params }: Waiting): string[] {
  return (params.scope ?? '').split(' ').filter((scope) => scope !== '');
}

/** Staff who start the app by themselves say whom it is about, when it asks. */
function patientsToChoose({ server }: AuthorizationServer, waiting: Waiting, user: User): User[] {
  if (waiting.launch !== undefined || user.role === 'patient') return [];
  if (!scopesOf(waiting).some((scope) => scope === 'launch/patient' || scope.startsWith('patient/'))) return [];
  return usersOf(server).filter(
    ({ reference, role }) => role === 'patient' && mayOpen(user.reference, reference.replace('Patient/', ''), server),
  );
}

function decisionFor(authorization: AuthorizationServer, waiting: Waiting, user: User, chosen: string): Decision {
  const { launch, params } = waiting;
  if (launch !== undefined) return decisionOf(String(params.launch), launch);
  const offered = patientsToChoose(authorization, waiting, user).some(
    ({ reference }) => reference === `Patient/${chosen}`,
  );
  const patient = patientId(user.reference) ?? (offered ? chosen : undefined);
  const encounter = patient === undefined ? undefined : openEncounter(authorization.server, patient);
  return {
    context: {
      user: user.reference,
      ...(patient === undefined ? {} : { patient }),
      ...(encounter === undefined ? {} : { encounter }),
    },
    allows: () => true,
  };
}

/** The answer of somebody who said no. */
function denial({ app, params }: Waiting, issuer: string): string {
  const url = new URL(app.redirectUri);
  url.searchParams.set('error', 'access_denied');
  url.searchParams.set('error_description', 'The user did not allow it');
  if (params.state !== undefined) url.searchParams.set('state', params.state);
  url.searchParams.set('iss', issuer);
  return url.href;
}

function send(response: Response, page: Html, status = 200): void {
  response.status(status).type('html').set('Cache-Control', 'no-store').send(page.text);
}
