import { describe, expect, it } from 'vitest';
import { codeIn, toConcept } from '../../src/fhir/concept.ts';
import { expectCode, expectElement } from '../../src/fhir/expect-element.ts';
import { findExtension, findExtensions } from '../../src/fhir/find-extension.ts';
import { toNarrative } from '../../src/fhir/narrative.ts';
import { refusedElement } from './refused-element.ts';

describe('an element that must be there', () => {
  it.each([0, '', false, null, 'text'])('is answered as it is: %j', (value) => {
    expect(expectElement(value, 'Task.status')).toBe(value);
  });

  it('is missed by its path', () => {
    expect(refusedElement(() => expectElement(undefined, 'Task.status'))).toStrictEqual({
      path: 'Task.status',
      problem: 'is missing',
    });
  });
});

describe('a code that must be one of ours', () => {
  const known = ['active', 'completed'] as const;

  it.each(known)('is answered: %s', (code) => {
    expect(expectCode(code, known, 'CarePlan.status')).toBe(code);
  });

  it.each([
    [undefined, 'is missing'],
    ['', 'is none of active, completed'],
    ['revoked', 'is none of active, completed'],
  ])('is refused by its path: %j', (code, problem) => {
    expect(refusedElement(() => expectCode(code, known, 'CarePlan.status'))).toStrictEqual({
      path: 'CarePlan.status',
      problem,
    });
  });
});

describe('extensions', () => {
  const [a, other, again] = [{ url: 'urn:a', valueCode: '1' }, { url: 'urn:b' }, { url: 'urn:a', valueCode: '2' }];

  it('are found by their url: the first, or all', () => {
    expect(findExtension({ extension: [other, a, again] }, 'urn:a')).toBe(a);
    expect(findExtensions({ extension: [other, a, again] }, 'urn:a')).toStrictEqual([a, again]);
  });

  it.each([[undefined], [{}], [{ extension: [] }], [{ extension: [other] }]])('are none in %j', (element) => {
    expect(findExtension(element, 'urn:a')).toBeUndefined();
    expect(findExtensions(element, 'urn:a')).toStrictEqual([]);
  });
});

describe('a concept', () => {
  const survey = {
    system: 'http://terminology.hl7.org/CodeSystem/observation-category',
    code: 'survey',
    display: 'Survey',
  };

  it('is one code with its display, and with text where there is some', () => {
    expect(toConcept(survey.system, 'survey')).toStrictEqual({ coding: [survey] });
    expect(toConcept(survey.system, 'survey', 'Rated')).toStrictEqual({ coding: [survey], text: 'Rated' });
    expect(toConcept('urn:unknown', 'x')).toStrictEqual({ coding: [{ system: 'urn:unknown', code: 'x' }] });
  });

  it('is read by its system, whatever other codings were added', () => {
    const concept = { coding: [{ system: 'urn:other', code: 'x' }, survey] };
    expect(codeIn(concept, survey.system)).toBe('survey');
    expect(codeIn(concept, 'urn:none')).toBeUndefined();
    expect(codeIn({ text: 'Rated' }, survey.system)).toBeUndefined();
    expect(codeIn(undefined, survey.system)).toBeUndefined();
  });
});

describe('a narrative', () => {
  const open = '<div xmlns="http://www.w3.org/1999/xhtml"';

  it.each<[name: string, lines: (string | undefined)[], language: string | undefined, div: string]>([
    [
      'lines and a language',
      ['one', '', 'two', undefined],
      'en-US',
      ' lang="en-US" xml:lang="en-US"><p>Log</p><ul><li>one</li><li>two</li></ul></div>',
    ],
    ['no lines', ['', undefined], undefined, '><p>Log</p></div>'],
    [
      'markup in a line',
      ['<b>"A" & \'B\'</b>'],
      undefined,
      `><p>Log</p><ul><li>&lt;b&gt;&quot;A&quot; &amp; 'B'&lt;/b&gt;</li></ul></div>`,
    ],
    ['markup in the language', [], 'e"n', ' lang="e&quot;n" xml:lang="e&quot;n"><p>Log</p></div>'],
  ])('has a heading and a list: %s', (_, lines, language, div) => {
    expect(toNarrative('Log', lines, language)).toStrictEqual({ status: 'generated', div: `${open}${div}` });
  });

  it('escapes its heading', () => {
    expect(toNarrative('a < b', []).div).toBe(`${open}><p>a &lt; b</p></div>`);
  });
});
