import type { Attachment } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { toDocumentReference } from '../../../src/fhir/to-document-reference.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Report } from '../../../src/homework/model.ts';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';
import { metaOf, ourId, ourReference, ourUrl, progressNote, riverside, sarah } from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const id = 'a1f3c1de-0000-4000-8000-000000000008';
const least: Report = {
  ...{ id, planId, patientId: 'sarah', version: 2, text: 'Homework – “done”\n[IS:r-1:v2]', members: [] },
  ...{ from: '2026-03-01T05:00:00.000Z', to: '2026-03-25T08:00:00.000Z', createdAt: '2026-03-25T19:00:00.000Z' },
};
const content: ReportContent = {
  ...{ language: 'en-US', headline: '1 of 1 done', title: 'Speaking up', period: '1 to 25 March' },
  ...{ date: '2026-03-25T19:00:00.000Z', sections: [], members: 'Speaks of: 1 log', marker: '[IS:r-1:v2]', told: [] },
};
const written = (different: Partial<Report>) =>
  toDocumentReference({ ...least, ...different }, samplePlan, fixtureContext);

const plainText: Attachment = {
  contentType: 'text/plain',
  language: 'en-US',
  // `printf 'Homework – “done”\n[IS:r-1:v2]' | base64`; `| wc -c`; `| openssl sha1 -binary | base64`
  data: 'SG9tZXdvcmsg4oCTIOKAnGRvbmXigJ0KW0lTOnItMTp2Ml0=',
  size: 35,
  hash: '+tGZPXarb0v77gFVwVFLq3Kg3D0=',
  title: 'Homework between sessions',
  creation: '2026-03-25T15:00:00-04:00',
};
const leastNote = {
  resourceType: 'DocumentReference',
  id,
  meta: metaOf('homework-report'),
  extension: [
    { url: ourUrl('report-plan'), valueIdentifier: ourId('plan', planId) },
    { url: ourUrl('report-version'), valuePositiveInt: 2 },
  ],
  identifier: [ourId('report', id)],
  status: 'current',
  docStatus: 'preliminary',
  ...progressNote,
  subject: sarah,
  date: '2026-03-25T15:00:00-04:00',
  author: [riverside],
  description: 'Homework between sessions: Speaking up in meetings',
  content: [{ attachment: plainText }],
  context: { period: { start: '2026-03-01T00:00:00-05:00', end: '2026-03-25T04:00:00-04:00' } },
};

describe('a report as a clinical note', () => {
  test('that nobody has signed is a draft of plain text, by the organisation', () => {
    expect(written({})).toStrictEqual(leastNote);
  });

  test('that a clinician signed, with every element', () => {
    const { content: contents, ...note } = written({
      ...{ content, author: 'Practitioner/dr-okafor', signedBy: 'Practitioner/dr-abara' },
      encounter: 'Encounter/sarah-visit-2',
      members: [
        { artefact: 'log', id: 'l-1', version: 3 },
        { artefact: 'adherence', id: `${planId}.adherence`, version: 1 },
      ],
    });
    const { content: _contents, ...expected } = leastNote;
    expect(note).toStrictEqual({
      ...expected,
      extension: [
        ...leastNote.extension,
        {
          url: ourUrl('report-member'),
          extension: [
            { url: 'artefact', valueCode: 'log' },
            { url: 'id', valueString: 'l-1' },
            { url: 'version', valuePositiveInt: 3 },
          ],
        },
        {
          url: ourUrl('report-member'),
          extension: [
            { url: 'artefact', valueCode: 'adherence' },
            { url: 'id', valueString: `${planId}.adherence` },
            { url: 'version', valuePositiveInt: 1 },
          ],
        },
      ],
      docStatus: 'final',
      author: [{ reference: 'Practitioner/dr-okafor' }],
      authenticator: { reference: 'Practitioner/dr-abara' },
      context: { encounter: [{ reference: 'Encounter/sarah-visit-2' }], ...leastNote.context },
    });
    // text first, then the same as XHTML
    expect(contents.map(({ attachment }) => attachment.contentType)).toStrictEqual([
      'text/plain',
      'application/xhtml+xml',
    ]);
    const xhtml = contents[1]?.attachment;
    expect(Buffer.from(xhtml?.data ?? '', 'base64').toString('utf8')).toContain('<h1>1 of 1 done</h1>');
    expect(xhtml).toMatchObject({ language: 'en-US', title: 'Homework between sessions' });
  });

  test('that adds to an earlier one appends to it, and is called an addendum', () => {
    expect(written({ addendumTo: 'r-0' })).toStrictEqual({
      ...leastNote,
      relatesTo: [{ code: 'appends', target: ourReference('DocumentReference', 'report', 'r-0') }],
      description: 'Addendum: homework between sessions: Speaking up in meetings',
      content: [{ attachment: { ...plainText, title: 'Addendum: homework between sessions' } }],
    });
  });

  test('whose author a source system named says so', () => {
    expect(written({ author: 'Practitioner/dr-okafor', via: 'homework-product' }).author).toStrictEqual([
      { reference: 'Practitioner/dr-okafor', display: 'Clinician, as told by Homework product (demo)' },
    ]);
  });
});
