import type { ConnectionView } from '../../src/contract/app/connection.ts';
import type { RowView } from '../../src/contract/app/ledger.ts';
import { artefacts } from '../../src/homework/model.ts';
import { sayReason } from '../../src/http/api/reason-words.ts';
import type { FakeIntegration } from './fake-integration.ts';

const planId = '5b0f6d0e-9d4f-4c57-8a51-0d3c6c1f7a11';
const logId = '1f2b8c44-52a7-4f0b-9be2-7a90d1c2e3f4';

/** An EHR that takes notes and questionnaire responses, and refused what it advertised. */
export const connection: Omit<ConnectionView, 'now'> = {
  answers: true,
  fhirBase: 'https://fhir.harbor.example/r4',
  vendor: 'generic',
  landings: artefacts.map((artefact) =>
    artefact === 'log'
      ? {
          ...{ artefact, landing: 'questionnaire-response', identity: 'system', toImprove: null },
          reason: 'QuestionnaireResponse can be created here, without its plan, which this EHR does not take.',
        }
      : artefact === 'feedback'
        ? {
            ...{ artefact, landing: 'app-only', identity: 'none' },
            reason: 'Communication cannot be created here (CapabilityStatement), so it stays in the app.',
            toImprove: 'Ask the vendor for Communication.create.',
          }
        : {
            ...{ artefact, landing: 'note', identity: 'delegated' },
            reason:
              'A plan needs CarePlan and Task together, and CarePlan.create was answered 405. It is told in the between-session report, a clinical note.',
            toImprove: 'Ask for scope system/DocumentReference.c: notes would go by this service’s own token.',
            assumption: 'the scopes are granted as they were requested (RFC 6749 §5.1), for none were reported.',
          },
  ),
  successes: [
    { requestKind: 'create QuestionnaireResponse', at: '2026-03-22T15:00:05.000Z' },
    { requestKind: 'token', at: '2026-03-25T13:55:00.000Z' },
  ],
  corrections: [
    {
      ...{ type: 'CarePlan', interaction: 'create', identity: 'any', status: 405 },
      ...{ attemptId: '0c7a55ac-9c1b-44fd-a0c3-7e2f90b3d6aa', at: '2026-03-20T10:02:00.000Z' },
    },
    {
      ...{ type: 'Communication', interaction: 'create', identity: 'system', status: 403 },
      ...{ attemptId: '2b9e47f0-3a4d-49fb-9d60-1f1c2b3a4d5e', at: '2026-03-25T12:30:00.000Z' },
      againAt: '2026-03-26T12:30:00.000Z',
    },
  ],
};

const base: RowView['row'] = {
  ...{ artefact: 'log', id: logId, resourceType: 'QuestionnaireResponse', groupId: `log:${logId}`, planId },
  ...{ patientId: 'sarah', wanted: 2, sent: 2, landed: 0, state: 'rejected', landing: 'questionnaire-response' },
  ...{ reason: sayReason({ code: 'refused' }), waitingSince: null, ehrReference: null },
  ...{ waitingFor: null, because: { code: 'refused' } },
  ...{ wantedAt: '2026-03-22T15:00:00.000Z', landedAt: null, lastStatus: 422, withdraw: false, ehrVersion: null },
  lastOutcome: 'error/business-rule: QuestionnaireResponse.questionnaire is not known here',
};
const measure = (linkId: string): RowView['row'] => ({
  ...base,
  ...{ artefact: 'measure', id: `${logId}.${linkId}`, resourceType: 'Observation', landing: 'note', state: 'waiting' },
  ...{
    reason: sayReason({ code: 'report' }),
    waitingSince: '2026-03-22T15:00:00.000Z',
    lastOutcome: null,
    lastStatus: null,
  },
});
const landed = (at: number): RowView['row'] => ({
  ...base,
  ...{ id: `log-${at}`, state: 'landed', landed: 2, reason: null, landedAt: '2026-03-22T15:00:05.000Z' },
  ...{ ehrReference: `QuestionnaireResponse/${at}`, lastOutcome: null, lastStatus: 201 },
});

/** One refused, one without an answer, some that wait for different things, and enough that landed for two pages. */
export const inTrouble: FakeIntegration = {
  connection,
  check: {
    check: {
      ...{ state: 'finished', finishedAt: '2026-03-25T04:00:00.000Z', repair: false, problem: null },
      ...{ id: 'check-1', startedAt: '2026-03-25T03:58:00.000Z', startedBy: null },
      ...{ checked: 64, differences: 2, unchecked: 0, kinds: { missing: 1, doubled: 1 } },
    },
    differences: [
      {
        ...{ artefact: 'occurrence', id: 'occurrence-7', kind: 'missing', reference: 'Task/7', others: [] },
        ...{
          detail: 'the EHR says that it is gone',
          repaired: null,
          meanwhile: null,
          foundAt: '2026-03-25T03:59:00.000Z',
        },
      },
      {
        ...{
          artefact: 'measure',
          id: 'measure-3',
          kind: 'doubled',
          reference: 'Observation/3',
          others: ['Observation/9'],
        },
        ...{
          detail: '1 more stand under its identifier or mark',
          repaired: null,
          meanwhile: null,
          foundAt: '2026-03-25T03:59:00.000Z',
        },
      },
    ],
  },
  rows: [
    {
      ...base,
      attempts: [
        {
          ...{ id: '9a4d', startedAt: '2026-03-22T15:00:01.000Z', finishedAt: '2026-03-22T15:00:02.000Z' },
          ...{ landing: 'questionnaire-response', httpStatus: 422, disposition: 'reject', detail: base.lastOutcome },
          sent: {
            request: 'create QuestionnaireResponse',
            resource: {
              resourceType: 'QuestionnaireResponse',
              status: 'completed',
              item: [{ linkId: 'suds', text: '‹7 letters›' }],
            },
          },
        },
      ],
    },
    {
      ...base,
      ...{ artefact: 'report', id: 'report-1', resourceType: 'DocumentReference', groupId: 'report:report-1' },
      ...{ state: 'unknown', landing: 'note', wantedAt: '2026-03-21T09:00:00.000Z', lastStatus: null },
      ...{ lastOutcome: 'no answer', reason: sayReason({ code: 'unnamed' }), because: { code: 'unnamed' } },
    },
    measure('suds-peak'),
    measure('belief-after'),
    {
      ...measure('report'),
      ...{ artefact: 'report', id: 'report-2', resourceType: 'DocumentReference', groupId: 'report:report-2' },
      ...{ reason: sayReason({ code: 'person' }), waitingSince: '2026-03-25T13:00:00.000Z' },
    },
    ...Array.from({ length: 9 }, (_, at) => landed(at)),
  ],
};

export const emptyLedger: FakeIntegration['rows'] = [];
