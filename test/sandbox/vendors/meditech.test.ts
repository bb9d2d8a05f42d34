import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenSimulator, openSimulator } from '../../simulators/open-simulator.ts';
import { message, note, response } from '../../simulators/sarahs-things.ts';
import { type Send, sender, systemToken } from '../../simulators/simulator-client.ts';

const url = 'https://intersession.dev/fhir/Questionnaire/exposure|1.0.0';
let open: OpenSimulator;
let backend: Send;
let scope: string;
beforeAll(async () => {
  open = await openSimulator('meditech');
  const token = await systemToken(open.simulator, open.service);
  scope = String(token.scope);
  backend = sender(open.simulator, token);
});
afterAll(() => open?.close());

it('takes a response and its amendment', async () => {
  const made = await backend('POST', '/QuestionnaireResponse', response(url, 'suds'));
  expect(made.status).toBe(201);
  const amended = { ...made.body, status: 'amended' };
  const put = (version: string) =>
    backend('PUT', `/QuestionnaireResponse/${made.body.id}`, amended, { 'if-match': version });
  expect((await put('W/"1"')).status).toBe(200);
  expect((await put('W/"1"')).status).toBe(412);
});

it('files twice what is sent twice', async () => {
  const condition = { 'if-none-exist': 'identifier=https://example.org/id/feedback|feedback-1' };
  for (const _time of [1, 2]) {
    expect((await backend('POST', '/Communication', message(), condition)).status).toBe(201);
  }
  expect(open.simulator.commits().filter(({ type }) => type === 'Communication')).toHaveLength(2);
});

it('refuses a note though its scopes offer one', async () => {
  expect(scope.split(' ')).toContain('system/DocumentReference.crus');
  expect((await backend('POST', '/DocumentReference', note())).status).toBe(405);
});

it('reads a task and does not search for one', async () => {
  expect((await backend('GET', '/Task/nothing')).status).toBe(404);
  expect((await backend('GET', '/Task?patient=sarah')).status).toBe(405);
});
