import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenSimulator, openSimulator } from '../../simulators/open-simulator.ts';
import { message, note, reading, response } from '../../simulators/sarahs-things.ts';
import { personToken, type Send, sender, systemToken } from '../../simulators/simulator-client.ts';
import type { Json } from '../open-sandbox.ts';

let open: OpenSimulator;
let clinician: Send;
let backend: Send;
beforeAll(async () => {
  open = await openSimulator('veradigm');
  const { simulator, service } = open;
  const order = { user: 'Practitioner/dr-okafor', patient: 'sarah' };
  clinician = sender(simulator, await personToken(simulator, service, order));
  backend = sender(simulator, await systemToken(simulator, service));
});
afterAll(() => open?.close());

const things: [string, Json][] = [
  ['Observation', reading({ system: 'https://intersession.dev/fhir/CodeSystem/measures', code: 'suds' }, 'survey')],
  ['DocumentReference', note()],
  ['QuestionnaireResponse', response('https://intersession.dev/fhir/Questionnaire/exposure|1.0.0', 'suds')],
  ['Questionnaire', { resourceType: 'Questionnaire', status: 'active', title: 'Exposure' }],
];

it.each(things)('takes %s and its update by a person’s token, and not by a backend app’s', async (type, thing) => {
  expect((await backend('POST', `/${type}`, thing)).status).toBe(403);
  const made = await clinician('POST', `/${type}`, thing);
  expect(made.status).toBe(201);
  const changed = { ...made.body, language: 'en' };
  expect((await clinician('PUT', `/${type}/${made.body.id}`, changed)).status).toBe(200);
  const lines = open.simulator.commits().filter((line) => line.type === type);
  expect(lines.map(({ interaction }) => interaction)).toEqual(['create', 'update']);
});

it.each([
  ['Communication', message()],
  ['CarePlan', { resourceType: 'CarePlan' }],
  ['Task', { resourceType: 'Task' }],
])('refuses %s', async (type, thing) => {
  expect((await clinician('POST', `/${type}`, thing)).status).toBe(405);
});
