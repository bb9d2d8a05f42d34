import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, clinician, codeOf, openApp } from './open-app.ts';

/** Whose is an answer of the authorization endpoint? `north` says that its answers name it (RFC 9207, 3), `south` says nothing. */
let app: App;
beforeAll(async () => {
  app = await openApp();
  app.north.settings.configuration = (said) => ({ ...said, authorization_response_iss_parameter_supported: true });
});
afterAll(() => app.close());

/** Whom an answer names: nobody, or whoever this gives. */
type Named = ((app: App) => string) | undefined;

const cases: [string, Named, 'north' | 'south', string | undefined][] = [
  ['its own name, as promised', ({ north }) => north.issuer, 'north', undefined],
  ['its own name with a slash more', ({ north }) => `${north.issuer}/`, 'north', undefined],
  ['no name, though promised', undefined, 'north', 'answer-issuer-invalid'],
  ['an empty name', () => '', 'north', 'answer-issuer-invalid'],
  ['another server’s name', ({ south }) => south.issuer, 'north', 'answer-issuer-invalid'],
  ['its FHIR base for its name', ({ north }) => north.fhirBase, 'north', 'answer-issuer-invalid'],
  ['a name below its own', ({ north }) => `${north.issuer}/other`, 'north', 'answer-issuer-invalid'],
  ['no name, and none was promised', undefined, 'south', undefined],
  ['its own name without a promise', ({ south }) => south.issuer, 'south', undefined],
  ['another server’s name without a promise', ({ north }) => north.issuer, 'south', 'answer-issuer-invalid'],
];

describe('an answer with', () => {
  it.each(cases)('%s', async (_what, named, of, code) => {
    const ehr = app[of];
    const returned = await app.goThrough(ehr, clinician);
    const [asked, before] = [ehr.requests.length, app.doors.log().length];
    const answer = await app.callback({ ...returned, ...(named === undefined ? {} : { iss: named(app) }) });
    if (code === undefined) return expect(answer.status).toBe(200);
    expect([answer.status, codeOf(answer)]).toEqual([403, code]);
    // the code goes nowhere, and whoever looks after the connection reads why
    expect(ehr.requests.length).toBe(asked);
    expect(app.doors.log().slice(before)).toContain(`"code":"${code}"`);
    // and it is no answer any more: the launch is over
    expect(codeOf(await app.callback({ ...returned, iss: ehr.issuer }))).toBe('state-replayed');
  });

  it.each(cases)('%s, which refuses, is believed no sooner', async (_what, named, of, code) => {
    const { code: _code, ...returned } = await app.goThrough(app[of], clinician);
    const iss = named === undefined ? {} : { iss: named(app) };
    const answer = await app.callback({ ...returned, ...iss, error: 'access_denied' });
    expect(codeOf(answer)).toBe(code ?? 'consent-denied');
  });
});

it.each<[unknown, boolean]>([
  [true, false],
  [false, true],
  ['true', true],
  [1, true],
  [null, true],
])('a configuration that says %j lets in without a name: %s', async (said, letsIn) => {
  const other = await openApp();
  other.north.settings.configuration = (all) => ({ ...all, authorization_response_iss_parameter_supported: said });
  const answer = await other.callback(await other.goThrough(other.north, clinician));
  expect(answer.status === 200).toBe(letsIn);
  await other.close();
});

it('is held to the word that stands in the record, which any process reads', async () => {
  const { database } = app.doors.test.record;
  const returned = await app.goThrough(app.north, clinician);
  await database.query('update launch_state set answer_names_issuer = false where tenant = $1', ['north']);
  expect((await app.callback(returned)).status).toBe(200);
  const unnamed = await app.goThrough(app.south, clinician);
  await database.query('update launch_state set answer_names_issuer = true where tenant = $1', ['south']);
  expect(codeOf(await app.callback(unnamed))).toBe('answer-issuer-invalid');
});
