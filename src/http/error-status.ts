import type { OperationOutcomeIssue } from 'fhir/r4';
import type { ErrorCode } from '../foundation/intersession-error.ts';
import type { HttpProblemCode } from './http-problem.ts';

interface Meaning {
  readonly status: number;
  /** A sentence about this kind of error, the same each time it occurs. */
  readonly title: string;
  /** @see https://hl7.org/fhir/R4/valueset-issue-type.html */
  readonly issue: OperationOutcomeIssue['code'];
}

/** What each error means to a caller: the one table behind problem+json and OperationOutcome. */
export const errorMeanings: Readonly<Record<ErrorCode | HttpProblemCode, Meaning>> = {
  'unknown-tenant': { status: 404, title: 'No such tenant', issue: 'not-found' },
  'unknown-patient': { status: 422, title: 'No such patient', issue: 'not-found' },
  'patient-merged': { status: 409, title: 'The patient was merged into another', issue: 'business-rule' },
  'unknown-kind': { status: 422, title: 'No such kind of homework', issue: 'code-invalid' },
  'unknown-artefact': { status: 404, title: 'Not found', issue: 'not-found' },
  'illegal-move': { status: 409, title: 'This move is not possible from here', issue: 'business-rule' },
  'assignment-locked': { status: 409, title: 'The assignment is still locked', issue: 'business-rule' },
  'assignment-closed': { status: 409, title: 'The assignment is at its end', issue: 'business-rule' },
  'foreign-assignment': { status: 422, title: 'The assignment is another patient’s', issue: 'business-rule' },
  'nothing-to-report': { status: 422, title: 'There is nothing to report', issue: 'business-rule' },
  'plan-closed': { status: 409, title: 'The plan is closed', issue: 'business-rule' },
  'signal-closed': { status: 409, title: 'The safety signal is closed', issue: 'business-rule' },
  'invalid-answer': { status: 422, title: 'Answers do not fit the questionnaire', issue: 'value' },
  'prediction-locked': { status: 409, title: 'The prediction is locked', issue: 'business-rule' },
  'schedule-never-occurs': { status: 422, title: 'The schedule never occurs', issue: 'business-rule' },
  'invalid-request': { status: 400, title: 'The request does not fit its shape', issue: 'invalid' },
  'too-costly': { status: 400, title: 'The request asks for too much at once', issue: 'too-costly' },
  'malformed-json': { status: 400, title: 'The body is not JSON', issue: 'structure' },
  'body-too-large': { status: 413, title: 'The body is too large', issue: 'too-long' },
  'unsupported-media-type': { status: 415, title: 'The body has the wrong media type', issue: 'not-supported' },
  'invalid-token': { status: 401, title: 'A valid access token is needed', issue: 'login' },
  forbidden: { status: 403, title: 'The access token does not allow this', issue: 'forbidden' },
  'person-needed': { status: 403, title: 'This needs a person who is signed in', issue: 'forbidden' },
  'source-id-conflict': { status: 409, title: 'This source id stands for something else', issue: 'duplicate' },
  'other-patient': { status: 409, title: 'This belongs to another patient', issue: 'conflict' },
  'version-conflict': { status: 412, title: 'It was changed meanwhile', issue: 'conflict' },
  'response-endpoint-closed': { status: 410, title: 'This response endpoint is closed', issue: 'expired' },
  'not-supported': { status: 409, title: 'Not possible as it stands', issue: 'not-supported' },
  'place-mismatch': { status: 409, title: 'Something else stands there in the EHR', issue: 'conflict' },
  'stands-in-ehr': { status: 409, title: 'It stands in the EHR', issue: 'conflict' },
  'folder-locked': { status: 503, title: 'The record is in use by another process', issue: 'lock-error' },
  'port-busy': { status: 503, title: 'The port is taken', issue: 'transient' },
  'configuration-invalid': { status: 500, title: 'The service is misconfigured', issue: 'exception' },
  'safety-route-missing': {
    status: 409,
    title: 'A safety signal would reach nobody here',
    issue: 'business-rule',
  },
  'ehr-unreachable': { status: 503, title: 'The EHR cannot be reached', issue: 'transient' },
  'database-unreachable': { status: 503, title: 'The record does not answer at the moment', issue: 'transient' },
  'ehr-unfit': { status: 502, title: 'The EHR is not set up for this', issue: 'not-supported' },
  'ehr-answer-unusable': { status: 502, title: 'The EHR sent something that cannot be used', issue: 'invalid' },
  'app-not-registered': { status: 502, title: 'The EHR does not know this app', issue: 'security' },
  'scopes-refused': { status: 502, title: 'The EHR does not grant what the app asks for', issue: 'security' },
  'ehr-refused': { status: 502, title: 'The EHR refused the app', issue: 'security' },
  'unusable-id': { status: 422, title: 'The EHR uses an id that cannot be used here', issue: 'value' },
  'unknown-issuer': { status: 422, title: 'This EHR is not connected', issue: 'not-found' },
  'launch-without-patient': { status: 422, title: 'The EHR named no patient', issue: 'required' },
  'consent-denied': { status: 403, title: 'Access was not granted', issue: 'forbidden' },
  'state-replayed': {
    status: 409,
    title: 'This sign-in was used, is too old or began in another tab',
    issue: 'expired',
  },
  'code-replayed': { status: 409, title: 'The EHR takes this sign-in no more', issue: 'duplicate' },
  'id-token-invalid': { status: 403, title: 'Who signed in could not be verified', issue: 'security' },
  'answer-issuer-invalid': { status: 403, title: 'It is not sure who answered', issue: 'security' },
  'foreign-user': { status: 403, title: 'This sign-in is someone else’s', issue: 'security' },
  'role-unknown': { status: 403, title: 'This user has no role here', issue: 'forbidden' },
  'session-expired': { status: 401, title: 'The app session has ended', issue: 'expired' },
  'rate-limited': { status: 429, title: 'Too many requests at once', issue: 'throttled' },
  'launch-mismatch': { status: 403, title: 'This belongs to another launch', issue: 'security' },
  'report-too-long': { status: 422, title: 'The report is too long for a PDF', issue: 'too-long' },
  'pdf-unavailable': { status: 503, title: 'No PDF can be written now', issue: 'transient' },
  'not-found': { status: 404, title: 'Not found', issue: 'not-found' },
  'body-too-slow': { status: 408, title: 'The body did not arrive in time', issue: 'timeout' },
  'uri-too-long': { status: 414, title: 'The address is too long', issue: 'too-long' },
  'method-not-allowed': { status: 405, title: 'Not possible here', issue: 'not-supported' },
  'not-acceptable': { status: 406, title: 'It is not answered in that form', issue: 'not-supported' },
  internal: { status: 500, title: 'Something went wrong on our side', issue: 'exception' },
};
