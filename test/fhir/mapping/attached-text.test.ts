import { describe, expect, it } from 'vitest';
import { attachedText } from '../../../src/fhir/attached-text.ts';

// each value by `printf … | base64`, `| wc -c`, `| openssl sha1 -binary | base64`
describe('a text as an attachment holds it', () => {
  it.each([
    ['', { data: '', size: 0, hash: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    [
      'Grüße – “OK” 🙂',
      { data: 'R3LDvMOfZSDigJMg4oCcT0vigJ0g8J+Zgg==', size: 25, hash: 'xFtkrJMfeJpuEg/hdKFpRBLr3dc=' },
    ],
  ])('%j in UTF-8, with its bytes counted and hashed', (text, expected) => {
    expect(attachedText(text)).toStrictEqual(expected);
  });
});
