import type { Communication } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromCommunication } from '../../../src/fhir/from-communication.ts';
import { broken, expectRefusal, missing, type Refusal } from './broken.ts';

const own = (type: string, identified: string, value: string) => ({
  reference: `${type}/9`,
  identifier: { system: `https://intersession.dev/id/${identified}`, value },
});

const wire: Communication = {
  resourceType: 'Communication',
  id: '31',
  extension: [
    {
      url: 'https://intersession.dev/fhir/StructureDefinition/read-at',
      valueDateTime: '2026-03-02T12:00:00-05:00',
    },
  ],
  identifier: [
    { system: 'https://ehr.example/mrn', value: '1' },
    { system: 'https://intersession.dev/id/feedback', value: 'message-b' },
  ],
  basedOn: [{ reference: 'ServiceRequest/1' }, own('CarePlan', 'plan', 'plan-a')],
  inResponseTo: [own('Communication', 'feedback', 'message-a')],
  status: 'completed',
  subject: { reference: 'Patient/sarah' },
  about: [own('QuestionnaireResponse', 'log', 'log-a'), own('Task', 'assignment', 'step-a')],
  sent: '2026-03-02T10:00:00-05:00',
  received: '2026-03-02T11:00:00-05:00',
  sender: { reference: 'Practitioner/dr-okafor' },
  payload: [{ contentString: 'Well done' }, { contentString: 'second' }],
};
const least = {
  id: 'message-b',
  planId: 'plan-a',
  patientId: 'sarah',
  author: 'Practitioner/dr-okafor',
  text: 'Well done',
  sentAt: '2026-03-02T15:00:00.000Z',
};

describe('a message', () => {
  it('is read from its Communication, whatever stands beside its identifiers and references', () => {
    expect(fromCommunication(wire)).toStrictEqual({
      ...least,
      assignmentId: 'step-a',
      logId: 'log-a',
      deliveredAt: '2026-03-02T16:00:00.000Z',
      readAt: '2026-03-02T17:00:00.000Z',
      inResponseTo: 'message-a',
    });
  });

  it('has nothing that its Communication does not say', () => {
    const { extension: _, inResponseTo: __, about: ___, received: ____, ...bare } = wire;
    expect(fromCommunication(bare)).toStrictEqual(least);
    expect(fromCommunication({ ...bare, about: [], inResponseTo: [], extension: [] })).toStrictEqual(least);
  });

  it.each([
    ['Patient/sarah', 'patient'],
    ['Practitioner/Patient', 'Practitioner/Patient'],
    ['PractitionerRole/7', 'PractitionerRole/7'],
    ['RelatedPerson/mother', 'RelatedPerson/mother'],
  ])('sent by %s is by %s', (reference, author) => {
    expect(fromCommunication({ ...wire, sender: { reference } }).author).toBe(author);
  });

  const payload = 'Communication.payload.contentString';
  it.each<Refusal>([
    missing('identifier', 'identifier of system https://intersession.dev/id/feedback'),
    missing('identifier:feedback', 'identifier of system https://intersession.dev/id/feedback'),
    missing('basedOn', 'Communication.basedOn'),
    missing('basedOn:1', 'Communication.basedOn'),
    missing('subject', 'Communication.subject'),
    missing('sender', 'Communication.sender'),
    missing('sender.reference', 'Communication.sender'),
    missing('payload', payload),
    ['payload', [], { path: payload, problem: 'is missing' }],
    missing('payload:0.contentString', payload),
    missing('sent', 'Communication.sent'),
  ])('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromCommunication(broken(wire, path, by)), issue);
  });
});
