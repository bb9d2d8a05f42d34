import { describe, expect, it } from 'vitest';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';
import { reportText } from '../../../src/homework/report/report-text.ts';
import { reportXhtml } from '../../../src/homework/report/report-xhtml.ts';
import { withClinicianWords } from '../../../src/homework/report/with-clinician-words.ts';
import { feb } from './report-state.ts';

const content: ReportContent = {
  ...{ language: 'en-GB', headline: 'H', title: 'T', period: 'P', date: feb(7), members: 'log/l1', told: [] },
  ...{ count: '1 of 2 done.', namesSignals: true, marker: '[IS:r:v1]' },
  sections: [
    { title: 'Open safety signals', urgent: true, entries: [{ lines: ['Not safe'] }] },
    { title: 'Change', entries: [{ lines: ['Belief 80 to 60 %'] }] },
    {
      title: 'Steps',
      table: { head: ['Step', 'Planned', 'Done'], rows: [['1 Write', 'once', '1 of 1']] },
      entries: [],
    },
    { title: 'Logged', entries: [{ heading: '1 Write', lines: ['Mon: a', 'Tue: b'] }] },
  ],
};
const own = 'She is braver than her figures.\n\nWe go on.';

describe('a report that a clinician wrote in', () => {
  it('has their paragraphs first and their sections in place, each as theirs, and at its end what the record says there', () => {
    const { content: written, passages } = withClinicianWords(content, {
      own,
      sections: [
        { at: 3, text: 'Twice at work.' },
        { at: 2, text: 'As agreed.' },
      ],
    });
    expect(reportText(written).split('\n')).toEqual([
      ...['H', 'T', 'P', ''],
      ...['IN THE CLINICIAN’S WORDS', 'She is braver than her figures.', 'We go on.', ''],
      ...['OPEN SAFETY SIGNALS', '- Not safe', ''],
      ...['CHANGE', '- Belief 80 to 60 %', ''],
      ...['STEPS, IN THE CLINICIAN’S WORDS', 'As agreed.', ''],
      ...['LOGGED, IN THE CLINICIAN’S WORDS', 'Twice at work.', ''],
      ...[
        'AS THE RECORD HAS IT',
        'Steps',
        '  1 Write: once; 1 of 1',
        'Logged',
        '  1 Write: Mon: a',
        '  1 Write: Tue: b',
        '',
      ],
      '[IS:r:v1]',
    ]);
    expect(passages).toEqual([
      { text: own },
      { about: 'Steps', text: 'As agreed.' },
      { about: 'Logged', text: 'Twice at work.' },
    ]);
    expect(reportXhtml(written)).toContain(
      '<blockquote>\n<p>She is braver than her figures.</p>\n<p>We go on.</p>\n</blockquote>',
    );
    // what it told, counted and speaks of is as before
    const { sections: _anew, ...kept } = written;
    const { sections: _before, ...before } = content;
    expect(kept).toEqual(before);
  });

  it.each([{}, { own: ' \n ' }, { sections: [] }, { own: '', sections: [{ at: 1, text: '\n' }] }])(
    'and is as the record has it, where they wrote nothing: %j',
    (words) => expect(withClinicianWords(content, words)).toEqual({ content, passages: [] }),
  );

  it.each<[string, Parameters<typeof withClinicianWords>[1], string]>([
    ['a section that is not there', { sections: [{ at: 9, text: 'x' }] }, 'words.sections.9'],
    ['what must be seen first', { sections: [{ at: 0, text: 'She is fine' }] }, 'words.sections.0'],
    [
      'one section twice',
      {
        sections: [
          { at: 1, text: 'x' },
          { at: 1, text: 'y' },
        ],
      },
      'words.sections.1',
    ],
    ['the mark of another note', { own: 'Well.\n [IS:other:v9]\n' }, 'words'],
  ])('and is refused with %s', (_, words, field) => {
    expect(() => withClinicianWords(content, words)).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        fields: expect.objectContaining({ issues: [expect.objectContaining({ path: field })] }),
      }),
    );
  });
});
