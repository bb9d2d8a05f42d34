import { describe, expect, it } from 'vitest';
import { isEhrId, isEhrReference } from '../../src/foundation/ehr-id.ts';

describe('an id of an EHR', () => {
  it.each([
    '17',
    'eq081-VQEgP8drUUqCWzHfw3',
    'pat_17',
    'a'.repeat(255),
    '-1.2',
    'x~y',
    'AbC+/='.replace('/', '-'),
    '1:2@3',
  ])('%s is taken', (id) => {
    expect([isEhrId(id), isEhrReference(`Patient/${id}`)]).toEqual([true, true]);
  });

  it.each([
    '',
    '.',
    '..',
    '...',
    'a'.repeat(256),
    'a/b',
    'a b',
    'a,b',
    'a|b',
    'a?b',
    'a#b',
    'a%2Fb',
    'ä',
    'a\u0000',
    'a\n',
    'a$b',
    'a\\b',
  ])('%j is none: it would lead elsewhere, or mean something in a search', (id) => {
    expect([isEhrId(id), isEhrReference(`Patient/${id}`)]).toEqual([false, false]);
  });

  it('makes a reference with a type before it, and nothing around', () => {
    for (const text of [
      'patient/17',
      'Patient',
      'Patient/',
      '/Patient/17',
      'Patient/17/_history/1',
      'https://x.example/Patient/17',
    ])
      expect(isEhrReference(text)).toBe(false);
  });
});
