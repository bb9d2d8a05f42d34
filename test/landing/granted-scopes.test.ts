import { describe, expect, it } from 'vitest';
import { parseScopes, scopeIdentity } from '../../src/landing/granted-scopes.ts';
import fc from '../fast-check.ts';

type Letter = 'c' | 'r' | 'u' | 'd' | 's';
const identity = (scope: string, letter: Letter, category?: string, type = 'Observation') =>
  scopeIdentity(parseScopes(scope), { type, letter, ...(category === undefined ? {} : { category }) });
const us = 'http://terminology.hl7.org/CodeSystem/observation-category';

describe('how a scope is spelled, and whether it lets an Observation of category survey be created', () => {
  it.each([
    // version 2
    ['system/Observation.c', 'system'],
    ['system/Observation.cruds', 'system'],
    ['system/Observation.rs', 'none'],
    ['system/*.c', 'system'],
    ['user/Observation.c', 'delegated'],
    ['patient/Observation.cu', 'delegated'],
    // version 1
    ['system/Observation.write', 'system'],
    ['system/Observation.*', 'system'],
    ['system/*.*', 'system'],
    ['system/Observation.read', 'none'],
    // granular, of our category
    ['system/Observation.c?category=survey', 'system'],
    [`system/Observation.c?category=${us}|survey`, 'system'],
    [`system/Observation.c?category=${encodeURIComponent(`${us}|survey`)}`, 'system'],
    [`system/Observation.c?category=${us}|laboratory,${us}|survey`, 'system'],
    [`user/Observation.c?category=${us}|survey`, 'delegated'],
    // granular, of another
    [`system/Observation.c?category=${us}|vital-signs`, 'none'],
    ['system/Observation.c?category=survey-2', 'none'],
    ['system/Observation.c?category=', 'none'],
    ['system/*.c?category=laboratory', 'none'],
    // granular by something else: a whole grant is none of them, not even where the value is our category's word
    ['system/Observation.c?code=8480-6', 'none'],
    ['system/Observation.c?code=http://loinc.org|8480-6', 'none'],
    ['system/Observation.c?code=survey', 'none'],
    ['system/Observation.c?_tag=survey', 'none'],
    ['system/Observation.c?status=final', 'none'],
    ['system/Observation.c?category:not=survey', 'none'],
    ['system/Observation.c?category:in=survey', 'none'],
    ['system/Observation.c?Category=survey', 'none'],
    ['system/Observation.write?code=8480-6', 'none'],
    ['system/Observation.*?code=survey', 'none'],
    ['system/*.cruds?code=survey', 'none'],
    ['user/Observation.c?code=survey', 'none'],
    // several conditions hold together
    ['system/Observation.c?category=survey&code=8480-6', 'none'],
    ['system/Observation.c?code=8480-6&category=survey', 'none'],
    ['system/Observation.c?category=laboratory&category=survey', 'none'],
    ['system/Observation.c?category=survey&category=laboratory', 'none'],
    ['system/Observation.c?category=survey&category=survey,laboratory', 'system'],
    // a query in which nothing stands
    ['system/Observation.c?', 'none'],
    ['system/Observation.c?&', 'none'],
    ['system/Observation.c?&&', 'none'],
    ['system/Observation.c?=', 'none'],
    ['system/Observation.c?category', 'none'],
    // one whole grant is enough, and only of the type
    ['system/Observation.c?code=8480-6 system/Observation.c', 'system'],
    ['system/Observation.c?code=8480-6 user/Observation.c', 'delegated'],
    ['system/Task.c system/Observation.c?code=survey', 'none'],
    // no resource scopes, or none that is written so
    ['launch/patient openid fhirUser offline_access', 'none'],
    ['System/Observation.c', 'none'],
    ['system/observation.c', 'none'],
    ['system/Observation.C', 'none'],
    ['system/Observation.uc', 'none'],
    ['system/Observation.', 'none'],
    ['system/Observation', 'none'],
    ['group/Observation.c', 'none'],
  ])('%s: %s', (scope, expected) => {
    expect(identity(scope, 'c', 'survey')).toBe(expected);
  });

  it('of any category only where the scope is no granular one', () => {
    expect(identity('system/Observation.c', 'c')).toBe('system');
    expect(identity('system/Observation.c?category=survey', 'c')).toBe('none');
  });

  it('a condition never permits more than the same scope without it, whatever it is', () => {
    const parameter = fc.constantFrom('category', 'code', 'status', '_tag', 'category:not', 'patient', 'date', '');
    const value = fc.constantFrom('survey', 'therapy', `${us}|survey`, '8480-6', 'final', '', ',', 'survey,therapy');
    const query = fc.array(fc.tuple(parameter, value), { minLength: 1, maxLength: 3 });
    const category = fc.constantFrom('survey', 'therapy', undefined);
    fc.assert(
      fc.property(query, category, fc.constantFrom('c', 'cu', 'write', '*'), (conditions, wanted, letters) => {
        const text = conditions.map(([name, said]) => `${name}=${encodeURIComponent(said)}`).join('&');
        const permitted = identity(`system/Observation.${letters}?${text}`, 'c', wanted) !== 'none';
        // every condition has to be one about the category that names it
        const allNameIt = conditions.every(
          ([name, said]) => name === 'category' && said.split(',').some((token) => token.split('|').at(-1) === wanted),
        );
        expect(permitted).toBe(wanted !== undefined && allNameIt);
      }),
      { seed: 20_260_301, numRuns: 500 },
    );
  });
});
