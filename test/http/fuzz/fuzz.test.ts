import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueAccessToken } from '../../../src/http/oauth/access-token.ts';
import { loadSigningKeys } from '../../../src/record/keys/secrets.ts';
import { type Doors, openDoors, publicUrl } from '../open-doors.ts';
import { logBody, planBody, sendPlan } from '../sarah.ts';
import { type App, clinician, coordinator, integration, openApp, patient } from '../smart/open-app.ts';
import { fuzz, fuzzSearch, type Played } from './fuzz.ts';

/** Another seed plays another game: FUZZ_SEED=7 FUZZ_RUNS=100. */
const seed = Number(process.env.FUZZ_SEED ?? 12);
const runs = Number(process.env.FUZZ_RUNS ?? 8);

const faults = (played: readonly Played[], permitted: (code: string) => boolean = () => false): string[] =>
  played
    .filter(({ answer }) => (answer.status >= 500 || answer.status === 0) && !permitted(codeOf(answer.text)))
    .map(({ what, answer }) => `${answer.status} ${what}\n   ${answer.text.slice(0, 200)}`);
const codeOf = (text: string): string => /"code":"([a-z-]+)"/.exec(text)?.[1] ?? '';

const clockBodies = [{ set: '2026-03-02T10:00:00-05:00' }, { advance: 'P1D' }, { advance: 1000 }, { resume: true }];
const response = {
  resourceType: 'QuestionnaireResponse',
  questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
  status: 'completed',
  authored: '2026-03-02T10:00:00-05:00',
  subject: { reference: 'Patient/sarah' },
  extension: [{ url: 'x', valueString: 'y' }],
  item: [{ linkId: 'situation', answer: [{ valueString: 'Monday' }] }],
};

describe('no request to the systems’ doors answers 5xx', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors({ doorsPerMinute: 1e9, quota: { atOnce: 4, waiting: 1e9, perMinute: 1e9 } });
  });
  afterAll(() => doors.close());

  it(`whatever stands in its path, query, headers and body (seed ${seed})`, async () => {
    const { record } = doors.test;
    // the clock of the record moves with the sandbox's: a token that outlives it
    const signingKeys = await loadSigningKeys(record.database, record.clock);
    const token = await issueAccessToken(
      { signingKeys, config: { publicUrl }, record },
      { tenantId: 'north', clientId: 'product', scope: 'system/*.cruds' },
    );
    const plan = await sendPlan(doors, token);
    const occurrence = plan.occurrenceId('1');
    const { body } = await doors.call('GET', `/fhir/north/Task/${occurrence}`, { token });
    const signature = /\/response\/[^/]+\/([A-Za-z0-9_-]{43})"/.exec(JSON.stringify(body))?.[1] ?? '';
    expect(signature).not.toBe('');
    const played = await fuzz({
      doors,
      seed,
      runs,
      permitted: [{ authorization: `Bearer ${token}` }],
      known: [plan.planId, plan.assignmentId('1'), occurrence, signature, 'sarah', 'plan', 'self-monitoring'],
      bodies: [planBody, logBody('1.1'), ...clockBodies, response],
    });
    expect(faults(played).join('\n')).toBe('');
    // most of it got past the first question, or it would have tried nothing
    expect(played.filter(({ answer }) => answer.status === 401).length).toBeLessThan(played.length / 4);
    expect(played.some(({ answer }) => answer.status === 200)).toBe(true);
  }, 300_000);

  it('whatever a search parameter is given', async () => {
    doors.test.setTime('2026-03-01T15:00:00.000Z');
    const north = await doors.token('north');
    const played = await fuzzSearch(doors.url, 'Task', north);
    expect(faults(played).join('\n')).toBe('');
    // each is refused by its name, before the database sees it
    expect(
      played
        .filter(({ answer }) => /"holds a (char|date|num|text)[^"]*(stored|ours|large|found)/.test(answer.text))
        .map(({ what }) => what),
    ).toEqual([]);
    // what is neither found nor refused by its name was not understood
    expect(played.filter(({ answer }) => ![200, 400, 414].includes(answer.status)).map(({ what }) => what)).toEqual([]);
  }, 300_000);
});

describe('no request to the app’s doors answers 5xx', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp({ app: { doorsPerMinute: 1e9, quota: { atOnce: 4, waiting: 1e9, perMinute: 1e9 } } });
  });
  afterAll(() => app.close());

  it(`whoever is signed in (seed ${seed})`, async () => {
    const tabs = [];
    for (const launch of [clinician, patient, coordinator, integration]) tabs.push(await app.signIn(launch));
    const routes = app.doors.routes.filter(({ path }) => /^\/(app|smart)\//.test(path) && path !== '/smart/session');
    const played = await fuzz({
      doors: { url: app.doors.url, routes },
      seed,
      runs,
      permitted: tabs.map(({ session, launchId }) => ({ authorization: `Bearer ${session}`, 'x-launch': launchId })),
      known: ['sarah', 'marcus', 'plan', 'log', 'self-monitoring', 'none'],
      bodies: [
        planBody,
        logBody('1.1'),
        { iss: app.north.fhirBase, launch: 'x', tabKeyHash: 'y' },
        { code: 'a', state: 'b' },
      ],
    });
    expect(faults(played, (code) => code === 'ehr-unreachable').join('\n')).toBe('');
    expect(played.some(({ answer }) => answer.status === 200)).toBe(true);
  }, 300_000);
});
