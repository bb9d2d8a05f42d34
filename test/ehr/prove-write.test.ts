import { describe, expect, it } from 'vitest';
import { type AskedWrite, type ClaimedSuccess, proveWrite } from '../../src/ehr/prove-write.ts';

const base = 'https://ehr.example/fhir';
const sent = {
  resourceType: 'Task',
  identifier: [{ system: 'https://intersession.dev/id/assignment', value: 'a1' }],
  for: { reference: 'Patient/sarah' },
};
const claimed = (more: Partial<ClaimedSuccess>): ClaimedSuccess => ({
  ...{ status: 201, location: undefined, etag: undefined, body: undefined, unreadable: false, speaksFhir: false },
  ...more,
});
const create: AskedWrite = { path: 'Task', sent, base };
const update: AskedWrite = { path: 'Task/17', sent: JSON.stringify(sent), ifMatch: '3', base };
const outcome = (severity: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code: 'processing', diagnostics: 'so it is' }],
});

describe('a create', () => {
  it.each<[string, Partial<ClaimedSuccess>, object]>([
    ['an address below the base', { location: `${base}/Task/17/_history/2` }, { reference: 'Task/17', version: '2' }],
    ['a relative address', { location: 'Task/17', etag: 'W/"1"' }, { reference: 'Task/17', version: '1' }],
    ['the path of an address', { location: '/fhir/Task/17' }, { reference: 'Task/17' }],
    ['a slash at the end', { location: `${base}/Task/17/` }, { reference: 'Task/17' }],
    [
      'its host in capitals and the port',
      { location: 'https://EHR.example:443/fhir/Task/17' },
      { reference: 'Task/17' },
    ],
    ['the resource', { body: { ...sent, id: '17', meta: { versionId: '1' } } }, { reference: 'Task/17', version: '1' }],
    ['the resource, without identifiers', { body: { resourceType: 'Task', id: '17' } }, { reference: 'Task/17' }],
    [
      'the resource, and the address that the EHR has inside',
      { body: { ...sent, id: '17' }, location: 'http://app-7:8080/fhir/Task/17' },
      { reference: 'Task/17' },
    ],
    [
      'an OperationOutcome that informs, and an address',
      { body: outcome('information'), location: 'Task/17' },
      { reference: 'Task/17' },
    ],
    ['200 and an address: it was there', { status: 200, location: 'Task/17' }, { status: 200, reference: 'Task/17' }],
  ])('has landed by %s', (_what, answer, expected) => {
    expect(proveWrite(claimed(answer), create)).toMatchObject({ ok: true, ...expected });
  });

  it.each<[string, Partial<ClaimedSuccess>]>([
    ['nothing but FHIR', { speaksFhir: true }],
    ['an address that names no resource', { location: 'urn:uuid:3f1c' }],
    ['an OperationOutcome', { body: outcome('information'), speaksFhir: true }],
  ])('was made, and it is not said where, with 201 and %s', (_what, answer) => {
    expect(proveWrite(claimed(answer), create)).toMatchObject({ ok: true, reference: undefined });
  });

  it.each<[string, Partial<ClaimedSuccess>, string | undefined]>([
    ['nothing', {}, undefined],
    ['204', { status: 204 }, undefined],
    ['200 and FHIR without a resource', { status: 200, speaksFhir: true }, undefined],
    ['a version and no place', { etag: 'W/"1"' }, undefined],
    ['an address of another origin', { location: 'https://evil.example/fhir/Task/17' }, 'Task/17'],
    ['http for https', { location: 'http://ehr.example/fhir/Task/17' }, 'Task/17'],
    ['a base that only begins like ours', { location: 'https://ehr.example/fhir-test/Task/17' }, 'Task/17'],
    ['an address of another type', { location: `${base}/Patient/sarah` }, undefined],
    ['another type elsewhere', { location: 'https://evil.example/fhir/Patient/17' }, undefined],
    ['a body that ends early', { unreadable: true }, undefined],
    ['a body that ends early, and an address', { unreadable: true, location: 'Task/17' }, 'Task/17'],
    ['a resource of another type', { body: { resourceType: 'Patient', id: '17' }, speaksFhir: true }, undefined],
    ['what was sent, given back', { status: 200, body: sent, speaksFhir: true }, undefined],
    ['another’s name', { body: { ...sent, id: '17', identifier: [{ system: 'x', value: 'y' }] } }, undefined],
    ['another’s patient', { body: { ...sent, id: '17', for: { reference: 'Patient/bob' } } }, undefined],
    ['an OperationOutcome that says error', { body: outcome('error'), location: 'Task/17' }, 'Task/17'],
    ['an OperationOutcome that says fatal', { status: 200, body: outcome('fatal') }, undefined],
    ['two places', { body: { ...sent, id: '17' }, location: 'Task/18' }, undefined],
    ['202 and nothing', { status: 202 }, undefined],
  ])('is in doubt with %s', (_what, answer, mayStandAt) => {
    const judged = proveWrite(claimed(answer), create);
    expect(judged).toMatchObject({ ok: false, failure: { disposition: 'unknown' } });
    // a success that was not proved must not be remembered as one: the ledger would never send it again
    expect(judged).not.toHaveProperty('failure.status');
    expect(!judged.ok && judged.doubt?.mayStandAt).toBe(mayStandAt);
  });
});

describe('an update', () => {
  it.each<[string, Partial<ClaimedSuccess>, object]>([
    ['a new version', { status: 200, etag: 'W/"4"' }, { version: '4' }],
    ['the same version in FHIR: nothing had to be changed', { status: 200, etag: 'W/"3"', speaksFhir: true }, {}],
    ['a new version and 204', { status: 204, etag: '"4"' }, { version: '4' }],
    ['its address', { status: 200, location: `${base}/Task/17/_history/4` }, { version: '4' }],
    ['the resource', { status: 200, body: { ...sent, id: '17' } }, {}],
  ])('has landed by %s', (_what, answer, expected) => {
    expect(proveWrite(claimed(answer), update)).toMatchObject({ ok: true, reference: 'Task/17', ...expected });
  });

  it.each<[string, Partial<ClaimedSuccess>]>([
    ['nothing', {}],
    ['the version that it was to replace', { etag: 'W/"3"' }],
    ['what a web server makes of no bytes', { etag: 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"' }],
    ['another’s address', { location: `${base}/Task/18/_history/1` }],
    ['another’s resource', { body: { ...sent, id: '18' } }],
    ['a page and a version', { unreadable: true, etag: 'W/"4"' }],
    ['an OperationOutcome that says error', { body: outcome('error'), etag: 'W/"4"' }],
    ['FHIR and nothing of it', { speaksFhir: true }],
  ])('is in doubt with %s', (_what, answer) => {
    const judged = proveWrite(claimed({ status: 200, ...answer }), update);
    expect(judged).toMatchObject({ ok: false, failure: { disposition: 'unknown' }, doubt: {} });
    expect(judged).not.toHaveProperty('failure.status');
  });
});
