import { describe, expect, it } from 'vitest';
import type { ReportContent } from '../../../src/homework/report/report-model.ts';
import { reportText } from '../../../src/homework/report/report-text.ts';
import { reportXhtml } from '../../../src/homework/report/report-xhtml.ts';
import { feb } from './report-state.ts';

const content: ReportContent = {
  ...{ language: 'en-GB', headline: 'Homework: 1 < 2 & "done"', title: 'Less worry', period: 'Mon to Sun' },
  date: feb(7),
  sections: [
    { title: 'Open signals', urgent: true, entries: [{ lines: ['Not safe', 'Not now'] }] },
    {
      title: 'Steps <1>',
      table: {
        head: ['Step', 'Planned', 'Done & how'],
        rows: [
          ['1 Write', 'once', '1 of 1'],
          ['2 <Say>', 'twice', '0 of 2'],
        ],
      },
      entries: [],
    },
    { title: 'Logged', entries: [{ heading: '1 Write & read', lines: ['Mon: a', 'Tue: b'] }] },
  ],
  members: 'log/l1 plan/"p"',
  marker: '[IS:r:v1]',
  told: [],
};
const { marker: _marker, ...preview } = content;

describe('a report in plain text', () => {
  const lines = [
    'Homework: 1 < 2 & "done"',
    'Less worry',
    'Mon to Sun',
    '',
    'OPEN SIGNALS',
    '- Not safe',
    '- Not now',
    '',
    'STEPS <1>',
    '- 1 Write: once; 1 of 1',
    '- 2 <Say>: twice; 0 of 2',
    '',
    'LOGGED',
    '1 Write & read',
    '  Mon: a',
    '  Tue: b',
    '',
  ];

  it('is its lines, section by section, and its marker last, which a preview does not have', () => {
    expect(reportText(content).split('\n')).toEqual([...lines, '[IS:r:v1]']);
    expect(reportText(preview).split('\n')).toEqual(lines.slice(0, -1));
  });

  it('breaks what is longer than 80 columns, and keeps the place of what stands below a heading', () => {
    const word = 'abcdefghi';
    const ten = Array.from({ length: 10 }, () => word).join(' ');
    const long = { ...preview, headline: `${word}j ${ten}`, sections: [] };
    expect(reportText(long).split('\n').slice(0, 2)).toEqual([
      `${word}j ${Array.from({ length: 6 }, () => word).join(' ')} ${word}`.slice(0, 80),
      `  ${Array.from({ length: 3 }, () => word).join(' ')}`,
    ]);
    const below = { ...preview, sections: [{ title: 'Logged', entries: [{ heading: '1', lines: [ten] }] }] };
    expect(reportText(below).split('\n').slice(6, 8)).toEqual([
      `  ${Array.from({ length: 7 }, () => word).join(' ')}`,
      `    ${Array.from({ length: 3 }, () => word).join(' ')}`,
    ]);
  });

  it('keeps its marker whole, however long its id is', () => {
    const marker = `[IS:${'x'.repeat(90)}:v1]`;
    expect(
      reportText({ ...content, marker })
        .split('\n')
        .at(-1),
    ).toBe(marker);
  });
});

describe('a report as XHTML', () => {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB" xml:lang="en-GB">',
    '<head>',
    '<meta http-equiv="Content-Type" content="application/xhtml+xml; charset=UTF-8"/>',
    '<title>Less worry</title>',
    '<meta name="keywords" content="log/l1 plan/&quot;p&quot;"/>',
    '</head>',
    '<body>',
    '<h1>Homework: 1 &lt; 2 &amp; &quot;done&quot;</h1>',
    '<p>Less worry<br/>Mon to Sun</p>',
    '<h2><strong>Open signals</strong></h2>',
    '<ul>',
    '<li>Not safe</li>',
    '<li>Not now</li>',
    '</ul>',
    '<h2>Steps &lt;1&gt;</h2>',
    '<table border="1" cellpadding="4" summary="Steps &lt;1&gt;">',
    '<thead><tr><th scope="col">Step</th><th scope="col">Planned</th><th scope="col">Done &amp; how</th></tr></thead>',
    '<tbody>',
    '<tr><th scope="row" align="left">1 Write</th><td>once</td><td>1 of 1</td></tr>',
    '<tr><th scope="row" align="left">2 &lt;Say&gt;</th><td>twice</td><td>0 of 2</td></tr>',
    '</tbody>',
    '</table>',
    '<h2>Logged</h2>',
    '<h3>1 Write &amp; read</h3>',
    '<ul>',
    '<li>Mon: a</li>',
    '<li>Tue: b</li>',
    '</ul>',
  ];
  const end = ['</body>', '</html>', ''];

  it('is its lines, section by section, with its marker in it, which a preview does not have', () => {
    expect(reportXhtml(content).split('\n')).toEqual([...lines, '<p><small>[IS:r:v1]</small></p>', ...end]);
    expect(reportXhtml(preview).split('\n')).toEqual([...lines, ...end]);
  });

  it('writes markup as text, and what XML cannot hold as the replacement character', () => {
    const written = (title: string) => /<title>(.*)<\/title>/s.exec(reportXhtml({ ...preview, title }))?.[1];
    const table: readonly (readonly [string, string])[] = [
      ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
      ["it's", "it's"],
      ['\u0000\u0008|\u000b\u000c|\u000e\u001f|\ufffe\uffff', '\ufffd\ufffd|\ufffd\ufffd|\ufffd\ufffd|\ufffd\ufffd'],
      ['\t\n\r\u007f\ufffd', '\t\n\r\u007f\ufffd'],
      ['lone \ud83d and \ude00, whole \u{1f600}', 'lone \ufffd and \ufffd, whole \u{1f600}'],
    ];
    for (const [title, text] of table) expect(written(title)).toBe(text);
  });
});
