import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenSimulator, openSimulator } from '../../simulators/open-simulator.ts';
import { note, reading, response, wordsOf } from '../../simulators/sarahs-things.ts';
import { personToken, type Send, sender, systemToken } from '../../simulators/simulator-client.ts';

let open: OpenSimulator;
let clinician: Send;
let backend: Send;
beforeAll(async () => {
  open = await openSimulator('athenahealth');
  const { simulator, service } = open;
  clinician = sender(
    simulator,
    await personToken(simulator, service, { user: 'Practitioner/dr-okafor', patient: 'sarah' }),
  );
  backend = sender(simulator, await systemToken(simulator, service));
});
afterAll(() => open?.close());

it('takes the answer to a questionnaire of its own from a person, and from no backend app', async () => {
  const own = response('https://athenahealth.simulator.example/Questionnaire/intake', 'reason');
  expect((await clinician('POST', '/QuestionnaireResponse', own)).status).toBe(201);
  expect((await backend('POST', '/QuestionnaireResponse', own)).status).toBe(403);
});

it('refuses the answer to any other questionnaire', async () => {
  const ours = response('https://intersession.dev/fhir/Questionnaire/exposure|1.0.0', 'suds');
  const { status, body } = await clinician('POST', '/QuestionnaireResponse', ours);
  expect(status).toBe(422);
  expect(wordsOf(body)).toMatch(/^athenahealth: .*own questionnaires only \(source: .*, athenahealth\)$/);
});

it('is read-only for everything else', async () => {
  for (const body of [note(), reading({ system: 'http://loinc.org', code: '8867-4' }, 'vital-signs')]) {
    const { status } = await clinician('POST', `/${body.resourceType}`, body);
    expect([body.resourceType, status]).toEqual([body.resourceType, 405]);
  }
  expect((await backend('GET', '/CarePlan?patient=sarah')).status).toBe(200);
  expect(open.simulator.commits().map(({ type }) => type)).toEqual(['QuestionnaireResponse']);
});
