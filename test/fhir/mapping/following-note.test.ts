import { createHash } from 'node:crypto';
import type { Attachment, DocumentReference } from 'fhir/r4';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { toFollowingNote } from '../../../src/fhir/to-following-note.ts';

afterEach(() => vi.restoreAllMocks());

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const earlier = { reference: 'DocumentReference/17', filedAt: '2026-03-02T15:05:00.000Z' };
const line = 'REPLACES the note filed Mar 2, 2026, 10:05 AM, UTC-05:00 (DocumentReference/17).';
const noteOf = (...attachments: readonly Attachment[]): DocumentReference => ({
  ...{ resourceType: 'DocumentReference', id: 'n-1', status: 'current', date: '2026-03-03T09:00:00-05:00' },
  content: attachments.map((attachment) => ({ attachment, format: { code: 'kept' } })),
});
const textOf = (attachment: Attachment | undefined) => Buffer.from(attachment?.data ?? '', 'base64').toString('utf8');
/** The only attachment of the note that follows one with this attachment only. */
const following = (attachment: Attachment, different: Partial<DocumentReference> = {}) =>
  toFollowingNote({ ...noteOf(attachment), ...different }, earlier).content[0]?.attachment;

describe('a note that takes the place of an earlier one', () => {
  test('replaces it by reference, and says so in its first line, with the size and the hash of what it is now', () => {
    const text = `${line}\nHomework – done\n[IS:n-1:v2]`;
    const plain: Attachment = {
      ...{ contentType: 'text/plain; charset=utf-8', language: 'en-US', title: 'Homework', size: 1, hash: 'old' },
      data: base64('Homework – done\n[IS:n-1:v2]'),
    };
    expect(toFollowingNote(noteOf(plain), earlier)).toStrictEqual({
      resourceType: 'DocumentReference',
      id: 'n-1',
      status: 'current',
      date: '2026-03-03T09:00:00-05:00',
      relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/17' } }],
      content: [
        {
          attachment: {
            contentType: 'text/plain; charset=utf-8',
            language: 'en-US',
            title: 'Homework',
            data: base64(text),
            size: Buffer.byteLength(text),
            hash: createHash('sha1').update(text, 'utf8').digest('base64'),
          },
          format: { code: 'kept' },
        },
      ],
    });
  });

  test('still says what it appends to', () => {
    const appends = { code: 'appends', target: { reference: 'DocumentReference/3' } } as const;
    const { relatesTo } = toFollowingNote({ ...noteOf(), relatesTo: [appends] }, earlier);
    expect(relatesTo).toStrictEqual([appends, { code: 'replaces', target: { reference: 'DocumentReference/17' } }]);
  });

  test('in XHTML has the line at the beginning of its body, and no size or hash that it had not', () => {
    const xhtml = (inBody: string) => `<html><body lang="en-US">${inBody}<p>$& done</p></body></html>`;
    const contentType = 'application/xhtml+xml; charset=utf-8';
    expect(following({ contentType, language: 'en-US', data: base64(xhtml('')) })).toStrictEqual({
      ...{ contentType, language: 'en-US' },
      data: base64(xhtml(`\n<p><strong>${line}</strong></p>`)),
    });
  });

  it.each<[string, Attachment]>([
    ['made elsewhere', { contentType: 'application/pdf', data: base64('%PDF <body>') }],
    ['of a kind that only begins in words', { contentType: 'x-text/plain', data: base64('a') }],
    ['of XHTML by name alone', { contentType: 'x/application/xhtml+xml', data: base64('<body>') }],
    ['without a body to begin', { contentType: 'application/xhtml+xml', data: base64('<p>a</p>') }],
    ['of no stated type', { data: base64('a <body>') }],
    ['that stands elsewhere', { contentType: 'text/plain', url: 'Binary/1' }],
  ])('leaves a content alone that is %s', (_what, attachment) => {
    expect(following(attachment)).toStrictEqual(attachment);
  });

  const plain: Attachment = { contentType: 'text/plain', data: base64('a') };
  it.each<[string, string | undefined, string | undefined, string]>([
    ['in the zone of the note', '2026-07-01T09:00:00+05:30', 'en-US', 'Mar 2, 2026, 8:35 PM, UTC+05:30'],
    ['in UTC when the note says no offset', '2026-07-01T09:00:00Z', 'en-US', 'Mar 2, 2026, 3:05 PM, UTC+00:00'],
    ['in UTC when the note has a day alone', '2026-07-01', 'en-US', 'Mar 2, 2026, 3:05 PM, UTC+00:00'],
    ['in UTC when the note has no date', undefined, 'en-US', 'Mar 2, 2026, 3:05 PM, UTC+00:00'],
    ["in the text's own language", '2026-07-01T09:00:00+02:00', 'de-CH', '02.03.2026, 17:05, UTC+02:00'],
    [
      'in English when the text has no language',
      '2026-07-01T09:00:00-05:00',
      undefined,
      'Mar 2, 2026, 10:05 AM, UTC-05:00',
    ],
  ])('says when the earlier one was filed %s', (_how, date, language, words) => {
    const attachment = { ...plain, ...(language !== undefined && { language }) };
    const { date: _date, ...undated } = noteOf(attachment);
    const [content] = toFollowingNote({ ...undated, ...(date !== undefined && { date }) }, earlier).content;
    expect(textOf(content?.attachment)).toBe(`REPLACES the note filed ${words} (DocumentReference/17).\na`);
  });

  test('has no space that a viewer has no glyph for, whatever the engine puts before AM and PM', () => {
    const format = () => 'Mar\u202f2, 10:05\u202fAM';
    vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(
      class {
        format = format;
      } as unknown as () => Intl.DateTimeFormat,
    );
    expect(textOf(following(plain))).toBe(
      'REPLACES the note filed Mar 2, 10:05 AM, UTC-05:00 (DocumentReference/17).\na',
    );
  });
});
