import type { SafetyContext } from '../../../src/fhir/safety-context.ts';
import type { SafetySignal } from '../../../src/homework/safety/safety-signal.ts';

export const safetyContext: SafetyContext = {
  ...{ tenantName: 'Riverside Behavioral Health', sensitivity: 'MH', timeZone: 'America/New_York', language: 'en-US' },
  sourceName: (clientId) => (clientId === 'homework-product' ? 'Homework product (demo)' : clientId),
};

export const signalId = 'a1f3c1de-0000-4000-8000-000000000009';
export const planId = 'a1f3c1de-0000-4000-8000-000000000001';

/** Open, with evidence from one log of the patient and one of their sister, who does not say what was answered. */
export const openSignal: SafetySignal = {
  ...{ id: signalId, patientId: 'sarah', planId, rule: 'self-harm-thoughts', ordinal: 2, status: 'open', version: 4 },
  raisedAt: '2026-03-02T15:00:00.000Z',
  evidence: [
    {
      ...{
        at: '2026-03-08T08:12:00.000Z',
        by: { type: 'patient' },
        planId,
        logId: 'l-1',
        linkId: 'self-harm-thoughts',
      },
      value: true,
    },
    {
      ...{ at: '2026-03-03T08:12:00.000Z', by: { type: 'person', reference: 'RelatedPerson/sister' }, planId },
      ...{ logId: 'l-2', linkId: 'self-harm-thoughts', via: 'homework-product' },
    },
  ],
};

export const closedSignal: SafetySignal = {
  ...{ ...openSignal, status: 'closed', closedAt: '2026-03-09T15:00:00.000Z', closedBy: 'Practitioner/dr-okafor' },
  ...{ closeReason: 'Talked on the phone; safety plan made', version: 5 },
};
