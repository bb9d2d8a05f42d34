import { describe, expect, it } from 'vitest';
import { type ErrorCode, type ErrorFields, IntersessionError } from '../../src/foundation/intersession-error.ts';
import { describeError } from '../../src/http/describe-error.ts';
import { errorMeanings } from '../../src/http/error-status.ts';
import { operationOutcome } from '../../src/http/fhir/operation-outcome.ts';
import { HttpProblem } from '../../src/http/http-problem.ts';
import { OAuthError, oauthError } from '../../src/http/oauth/oauth-error.ts';

/** One of each: the compiler sees to it that none is missing. */
const fields: ErrorFields = {
  'unknown-tenant': { tenant: 't' },
  'unknown-patient': { patientId: 'p' },
  'patient-merged': { patientId: 'x', survivorId: 'y' },
  'unknown-kind': { kind: 'k', known: [] },
  'unknown-artefact': { artefact: 'plan', id: 'x' },
  'illegal-move': { assignmentId: 'a', from: 'draft', businessStatus: 'locked', event: 'seen' },
  'assignment-locked': { assignmentId: 'a' },
  'assignment-closed': { assignmentId: 'a', status: 'cancelled' },
  'foreign-assignment': { assignmentId: 'a' },
  'signal-closed': { signalId: 'x' },
  'nothing-to-report': { id: 'p', from: '2026-03-01', to: '2026-03-02' },
  'plan-closed': { planId: 'p', status: 'revoked' },
  'invalid-answer': { issues: [{ linkId: 'suds-peak', problem: 'must be at most 100' }] },
  'prediction-locked': { logId: 'l', linkIds: ['prediction'] },
  'schedule-never-occurs': { field: 'assignments[2].schedule.by', problem: 'is past' },
  'invalid-request': { issues: [{ path: 'patientId', problem: 'is missing' }] },
  'too-costly': { issues: [{ path: 'status', problem: 'is more than one search may ask for' }] },
  'malformed-json': { problem: 'line 1' },
  'body-too-large': { limitBytes: 1 },
  'unsupported-media-type': { accepted: [] },
  'invalid-token': { problem: 'expired' },
  'person-needed': { act: 'closeSafetySignal' },
  forbidden: { needed: 'system/Task.r' },
  'source-id-conflict': { sourceId: 's' },
  'other-patient': { artefact: 'log' },
  'version-conflict': { id: 'x', expected: 1, actual: 2 },
  'response-endpoint-closed': { occurrenceId: 'o' },
  'not-supported': { what: 'x' },
  'place-mismatch': { reference: 'Task/1', differs: ['patient'] },
  'stands-in-ehr': { references: ['Task/1'] },
  'folder-locked': { folder: 'f' },
  'port-busy': { port: 1, host: 'h' },
  'configuration-invalid': { issues: [] },
  'safety-route-missing': { tenant: 't' },
  'ehr-unreachable': { tenant: 't', problem: 'x' },
  'database-unreachable': { retryAfterSeconds: 5 },
  'ehr-unfit': { tenant: 't', problem: 'x' },
  'ehr-answer-unusable': { tenant: 't', problem: 'x' },
  'app-not-registered': { tenant: 't', problem: 'x' },
  'scopes-refused': { tenant: 't', problem: 'x' },
  'ehr-refused': { tenant: 't', problem: 'x' },
  'unusable-id': { tenant: 't', field: 'patient' },
  'unknown-issuer': { problem: 'x' },
  'launch-without-patient': { tenant: 't' },
  'consent-denied': { tenant: 't', problem: 'x' },
  'state-replayed': { problem: 'x' },
  'code-replayed': { tenant: 't' },
  'id-token-invalid': { tenant: 't', problem: 'nonce' },
  'answer-issuer-invalid': { tenant: 't', problem: 'x' },
  'foreign-user': { tenant: 't', problem: 'x' },
  'role-unknown': { tenant: 't' },
  'session-expired': { problem: 'x' },
  'rate-limited': { retryAfterSeconds: 60 },
  'launch-mismatch': { problem: 'x' },
  'report-too-long': { limitCharacters: 300_000 },
  'pdf-unavailable': { problem: 'x' },
};
const codes = Object.keys(fields) as ErrorCode[];
const statuses: Partial<Record<ErrorCode, number>> = {
  'unknown-tenant': 404,
  'unknown-artefact': 404,
  'illegal-move': 409,
  'invalid-answer': 422,
  'invalid-request': 400,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-token': 401,
  forbidden: 403,
  'version-conflict': 412,
  'response-endpoint-closed': 410,
  'safety-route-missing': 409,
  'ehr-unreachable': 503,
  'ehr-unfit': 502,
  'ehr-answer-unusable': 502,
  'app-not-registered': 502,
  'scopes-refused': 502,
  'ehr-refused': 502,
  'unusable-id': 422,
};

describe('an error of ours', () => {
  it.each(codes)('%s has a status, a title of its own and an issue type', (code) => {
    const { status, title, issue } = errorMeanings[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    if (statuses[code] !== undefined) expect(status).toBe(statuses[code]);
    expect(codes.filter((other) => errorMeanings[other].title === title)).toEqual([code]);
    const described = describeError(new IntersessionError(code, fields[code], 'in words'));
    expect(described).toMatchObject({ code, status, unexpected: false, detail: 'in words' });
    expect(operationOutcome(described).issue[0]).toMatchObject({ severity: 'error', code: issue });
    expect(oauthError(undefined, described).status).toBe(status);
  });

  it('names the element that it is about', () => {
    const outcome = (code: 'schedule-never-occurs' | 'invalid-answer' | 'invalid-request') =>
      operationOutcome(describeError(new IntersessionError(code, fields[code], 'x'))).issue[0];
    expect(outcome('schedule-never-occurs')?.expression).toEqual(['assignments[2].schedule.by']);
    expect(outcome('invalid-request')?.diagnostics).toBe('patientId: is missing');
    expect(outcome('invalid-answer')?.diagnostics).toBe('suds-peak: must be at most 100');
  });
});

describe('other errors', () => {
  it('of a door say their status', () => {
    expect(describeError(new HttpProblem('method-not-allowed', 'no', ['GET']))).toMatchObject({
      status: 405,
      allow: ['GET'],
    });
    expect(oauthError(new OAuthError('invalid_client', 'the “jti” was "used"'), describeError(null))).toEqual({
      status: 401,
      body: { error: 'invalid_client', error_description: "the 'jti' was 'used'" },
    });
  });

  it('that nobody expected say nothing of themselves', () => {
    const described = describeError(new Error('duplicate key: Sarah Whitcombe'));
    expect(described).toMatchObject({ status: 500, code: 'internal', unexpected: true });
    expect(JSON.stringify([described, operationOutcome(described)])).not.toContain('Sarah');
  });
});
