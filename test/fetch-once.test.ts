import { describe, expect, it } from 'vitest';
import { neededBeside } from '../scripts/build/fetch-once.ts';

const chunks = [
  { fileName: 'view.js', imports: ['index.js', 'steps.js'] },
  { fileName: 'steps.js', imports: ['dates.js'] },
  { fileName: 'dates.js', imports: ['index.js'] },
  // the bundler may let chunks import each other
  { fileName: 'index.js', imports: ['dates.js'] },
  { fileName: 'sheet.js', imports: ['steps.js', 'form.js', 'index.js'] },
  { fileName: 'form.js', imports: ['dates.js', 'fields.js'] },
  { fileName: 'fields.js', imports: [] },
];

describe('what is fetched for a part', () => {
  it('is the part and what it imports, without what the page that opens it imports at whatever depth', () => {
    const files = ['sheet.js', 'steps.js', 'dates.js', 'form.js', 'fields.js', 'index.js'];
    expect(neededBeside(chunks, 'view.js', files)).toEqual(['sheet.js', 'form.js', 'fields.js']);
    // of a page that has come with less, more
    expect(neededBeside(chunks, 'index.js', files)).toEqual(['sheet.js', 'steps.js', 'form.js', 'fields.js']);
  });

  it('is all of it for a page of which nothing is known', () => {
    expect(neededBeside([], 'view.js', ['sheet.js', 'steps.js'])).toEqual(['sheet.js', 'steps.js']);
  });
});
