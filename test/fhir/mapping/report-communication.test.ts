import type { Attachment, DocumentReference } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { toReportCommunication } from '../../../src/fhir/to-report-communication.ts';
import { mentalHealth, ourCode, ourId, ourUrl, riverside, sarah } from './spelled-out.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const text = 'Homework – “done”\n[IS:r-1:v2]';
const plain: Attachment = { contentType: 'text/plain', data: base64(text) };
const note: DocumentReference = {
  ...{ resourceType: 'DocumentReference', id: 'r-1', status: 'current', docStatus: 'preliminary' },
  meta: { profile: [ourUrl('homework-report')], security: [mentalHealth] },
  identifier: [ourId('report', 'r-1')],
  type: { text: 'Progress note' },
  subject: sarah,
  date: '2026-03-25T15:00:00-04:00',
  author: [riverside, { reference: 'Practitioner/dr-okafor' }],
  description: 'Homework between sessions: Speaking up',
  content: [
    { attachment: { contentType: 'application/xhtml+xml', data: base64('<p>text/plain</p>') } },
    { attachment: plain },
  ],
  context: { encounter: [{ reference: 'Encounter/2' }, { reference: 'Encounter/3' }] },
};

describe('a note as a message', () => {
  test('says the same of the same patient, labels kept, in no profile of ours, to nobody by name', () => {
    expect(toReportCommunication(note)).toStrictEqual({
      resourceType: 'Communication',
      id: 'r-1',
      meta: { security: [mentalHealth] },
      identifier: [ourId('report', 'r-1')],
      status: 'completed',
      category: [ourCode('homework', 'homework-report', 'Homework report')],
      subject: sarah,
      topic: { text: 'Homework between sessions: Speaking up' },
      encounter: { reference: 'Encounter/2' },
      sent: '2026-03-25T15:00:00-04:00',
      sender: riverside,
      payload: [{ contentString: text }],
    });
  });

  it.each<[string, Partial<DocumentReference>]>([
    ['nothing beside its text', {}],
    ['a meta without labels', { meta: { profile: [ourUrl('homework-report')] } }],
    ['a context without an encounter', { context: { period: { start: '2026-03-01' } } }],
    ['nobody in its lists', { context: { encounter: [] }, author: [] }],
  ])('has what the note has: %s', (_what, different) => {
    const least: DocumentReference = { resourceType: 'DocumentReference', status: 'current', content: note.content };
    expect(toReportCommunication({ ...least, ...different })).toStrictEqual({
      resourceType: 'Communication',
      status: 'completed',
      category: [ourCode('homework', 'homework-report', 'Homework report')],
      payload: [{ contentString: text }],
    });
  });

  it.each<[string, Attachment]>([
    ['with its character set', { ...plain, contentType: 'text/plain; charset=utf-8' }],
    ['as it is', plain],
  ])('its text is the plain one, %s', (_how, attachment) => {
    const untyped = { attachment: { data: base64('of no stated type') } };
    const other = { attachment: { contentType: 'x-text/plain', data: base64('another') } };
    const { payload } = toReportCommunication({ ...note, content: [untyped, other, { attachment }] });
    expect(payload).toStrictEqual([{ contentString: text }]);
  });
});
