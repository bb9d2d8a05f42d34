import type { DocumentReference, Extension } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromDocumentReference } from '../../../src/fhir/from-document-reference.ts';
import { artefacts } from '../../../src/homework/model.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';

const ours = 'https://intersession.dev/fhir/StructureDefinition';
const inBase64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const member = (artefact: string, id: string, version: number): Extension => ({
  url: `${ours}/report-member`,
  extension: [
    { url: 'version', valuePositiveInt: version },
    { url: 'id', valueString: id },
    { url: 'artefact', valueCode: artefact },
  ],
});
const text = 'Homework – “done”\n[IS:report-b:v2]';

const wire: DocumentReference = {
  resourceType: 'DocumentReference',
  id: '88',
  extension: [
    { url: 'https://ehr.example/filed-by', valueString: 'batch' },
    member('log', 'log-a', 3),
    member('assignment', 'step-a', 1),
    { url: `${ours}/report-version`, valuePositiveInt: 2 },
    {
      url: `${ours}/report-plan`,
      valueIdentifier: { system: 'https://intersession.dev/id/plan', value: 'plan-a' },
    },
  ],
  identifier: [
    { system: 'https://ehr.example/mrn', value: '1' },
    { system: 'https://intersession.dev/id/report', value: 'report-b' },
  ],
  status: 'current',
  docStatus: 'final',
  subject: { reference: 'Patient/sarah' },
  date: '2026-03-25T16:00:00-04:00',
  author: [{ display: 'Riverside' }, { reference: 'Practitioner/dr-okafor' }],
  authenticator: { reference: 'Practitioner/haddad' },
  relatesTo: [
    {
      code: 'replaces',
      target: {
        reference: 'DocumentReference/1',
        identifier: { system: 'https://intersession.dev/id/report', value: 'report-0' },
      },
    },
    {
      code: 'appends',
      target: {
        reference: 'DocumentReference/87',
        identifier: { system: 'https://intersession.dev/id/report', value: 'report-a' },
      },
    },
  ],
  content: [
    { attachment: { contentType: 'application/xhtml+xml', data: inBase64('<p>Homework</p>') } },
    { attachment: { contentType: 'text/plain', data: inBase64(text) } },
  ],
  context: {
    encounter: [{ display: 'the last visit' }, { reference: 'Encounter/visit-2' }],
    period: { start: '2026-03-01T10:00:00-05:00', end: '2026-03-25T15:00:00-04:00' },
  },
};
const least = {
  id: 'report-b',
  planId: 'plan-a',
  patientId: 'sarah',
  version: 2,
  from: '2026-03-01T15:00:00.000Z',
  to: '2026-03-25T19:00:00.000Z',
  createdAt: '2026-03-25T20:00:00.000Z',
  text,
  members: [],
};

describe('a report', () => {
  it('is read from its DocumentReference: its plain text, whichever rendering stands first', () => {
    expect(fromDocumentReference(wire)).toStrictEqual({
      ...least,
      author: 'Practitioner/dr-okafor',
      signedBy: 'Practitioner/haddad',
      addendumTo: 'report-a',
      encounter: 'Encounter/visit-2',
      members: [
        { artefact: 'log', id: 'log-a', version: 3 },
        { artefact: 'assignment', id: 'step-a', version: 1 },
      ],
    });
  });

  it('has nothing that its DocumentReference does not say', () => {
    const {
      author: _,
      authenticator: __,
      relatesTo: ___,
      docStatus: ____,
      ...bare
    } = broken(wire, 'context.encounter');
    const extension = wire.extension?.slice(3) ?? [];
    expect(fromDocumentReference({ ...bare, extension })).toStrictEqual(least);
    const named = { ...bare, extension, author: [{ display: 'Riverside' }], relatesTo: [] };
    expect(fromDocumentReference(named)).toStrictEqual(least);
  });

  it.each([
    ['preliminary', { docStatus: 'preliminary' }],
    ['amended', { docStatus: 'amended' }],
    ['final by a name alone', { authenticator: { display: 'M. Haddad' } }],
  ] as const)('that is %s is signed by nobody', (_how, change) => {
    expect(fromDocumentReference({ ...wire, ...change })).not.toHaveProperty('signedBy');
  });

  it('that replaces another and appends none is no addendum', () => {
    expect(fromDocumentReference(broken(wire, 'relatesTo:1'))).not.toHaveProperty('addendumTo');
  });

  it('is told by its first rendering where none says that it is plain', () => {
    const untyped = broken(wire, 'content:1.attachment.contentType');
    expect(fromDocumentReference(untyped).text).toBe('<p>Homework</p>');
  });

  it.each(artefacts)('may speak of a %s', (artefact) => {
    const { members } = fromDocumentReference({
      ...wire,
      extension: [...(wire.extension ?? []), member(artefact, 'x', 7)],
    });
    expect(members.at(-1)).toEqual({ artefact, id: 'x', version: 7 });
  });

  const version = 'DocumentReference.extension(report-version)';
  const data = 'DocumentReference.content.attachment.data';
  const [start, end] = ['DocumentReference.context.period.start', 'DocumentReference.context.period.end'];
  it.each<Refusal>([
    missing('identifier', 'identifier of system https://intersession.dev/id/report'),
    missing('identifier:report', 'identifier of system https://intersession.dev/id/report'),
    missing('extension', 'identifier of system https://intersession.dev/id/plan'),
    missing('extension:report-plan', 'identifier of system https://intersession.dev/id/plan'),
    missing('extension:report-plan.valueIdentifier', 'identifier of system https://intersession.dev/id/plan'),
    missing('subject', 'DocumentReference.subject'),
    missing('extension:report-version', version),
    missing('extension:report-version.valuePositiveInt', version),
    missing('context', start),
    missing('context.period', start),
    missing('context.period.start', start),
    missing('context.period.end', end),
    missing('date', 'DocumentReference.date'),
    ['content', [], { path: data, problem: 'is missing' }],
    missing('content:1.attachment.data', data),
    missing('extension:report-member.extension:artefact', 'report-member.artefact'),
    unknownCode('extension:report-member.extension:artefact.valueCode', 'report-member.artefact'),
    missing('extension:report-member.extension:id', 'report-member.id'),
    missing('extension:report-member.extension:id.valueString', 'report-member.id'),
    missing('extension:report-member.extension:version', 'report-member.version'),
    missing('extension:report-member.extension:version.valuePositiveInt', 'report-member.version'),
    missing('extension:report-member.extension', 'report-member.artefact'),
  ])('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromDocumentReference(broken(wire, path, by)), issue);
  });
});
