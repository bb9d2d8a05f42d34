import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../src/http/fhir/parse-search.ts';

const addresses = {
  bases: { own: 'https://us.example/fhir/t', ehr: 'https://ehr.example/r4' },
  now: new Date('2026-03-11T00:00:00Z'),
  timeZone: 'UTC',
};
const parse = (...parameters: [string, string][]) => parseSearch('Task', parameters, addresses);
const anyOf = (...parameters: [string, string][]) => parse(...parameters).criteria.filters[0]?.anyOf;

describe('the parameters of a search', () => {
  it('split at commas and bars that no backslash escapes', () => {
    expect(anyOf(['code', 'a\\,b,c\\|d|e\\$,\\\\'])).toEqual([
      { type: 'value', value: 'a,b', match: 'code-only' },
      { type: 'value', value: 'c|d|e$', match: 'exact' },
      { type: 'value', value: '\\', match: 'code-only' },
    ]);
    expect(anyOf(['code', '|x,http://s|'])).toEqual([
      { type: 'value', value: '|x', match: 'exact' },
      { type: 'value', value: 'http://s', match: 'system-only' },
    ]);
  });

  it('take a reference from under our own and the EHR’s address, and no other', () => {
    const value = (text: string, modifier = '') => anyOf([`patient${modifier}`, text]);
    const exact = (text: string) => [{ type: 'value', value: text, match: 'exact' }];
    expect(value('https://ehr.example/r4/Patient/17')).toEqual(exact('Patient/17'));
    expect(value('https://us.example/fhir/t/Patient/17/_history/3')).toEqual(exact('Patient/17'));
    expect(value('https://ehr.example.evil/r4/Patient/17')).toEqual(exact('https://ehr.example.evil/r4/Patient/17'));
    expect(value('https://other.example/r4/Patient/17')).toEqual(exact('https://other.example/r4/Patient/17'));
    expect(value('https://EHR.example:443/r4/Patient/17')).toEqual(exact('Patient/17'));
    expect(value('17', ':Patient')).toEqual(exact('Patient/17'));
    expect(() => value('Practitioner/17', ':Patient')).toThrow('patient:Patient');
    expect(value('17')).toEqual(exact('17'));
  });

  it('tell what the EHR holds from what we hold, where both have such a type', () => {
    const partOf = (text: string) => anyOf(['part-of', text]);
    const absolute = [{ type: 'value', value: 'https://ehr.example/r4/Task/17', match: 'exact' }];
    expect(partOf('https://ehr.example/r4/Task/17')).toEqual(absolute);
    expect(partOf('https://us.example/fhir/t/Task/17')).toEqual([{ type: 'value', value: 'Task/17', match: 'exact' }]);
    expect(partOf('Task/17/_history/2')).toEqual([{ type: 'value', value: 'Task/17', match: 'exact' }]);
  });

  it('widen an approximate date by a tenth of its distance from now', () => {
    expect(anyOf(['authored-on', 'ap2026-03-01'])).toEqual([
      { type: 'date', prefix: 'ap', low: '2026-02-28T00:00:00.000Z', high: '2026-03-02T23:59:59.999Z' },
    ]);
  });

  it('read a date whose + came as a space', () => {
    expect(anyOf(['authored-on', 'ge2026-03-02T10:00:00 01:00'])).toMatchObject([
      { prefix: 'ge', low: '2026-03-02T09:00:00.000Z' },
    ]);
  });

  it('are all to hold when given several times', () => {
    expect(parse(['_id', 'a,b'], ['_id', 'b,c']).criteria.ids).toEqual(['b']);
    expect(parse(['status', 'draft'], ['status', 'requested']).criteria.filters).toHaveLength(2);
  });

  it('limit the page, and count when none is wanted', () => {
    expect(parse().criteria).toMatchObject({ count: 50, summaryCount: false });
    expect(parse(['_count', '5000']).criteria.count).toBe(200);
    expect(parse(['_count', '0']).criteria.summaryCount).toBe(true);
  });

  it('that are not known are listed, and left out of the links, as the cursor is', () => {
    const { unknown, understood, criteria } = parse(
      ['colour', 'x'],
      ['_cursor', 'c'],
      ['status:not', 'draft'],
      ['_format', 'json'],
    );
    expect(unknown).toEqual(['colour']);
    expect(understood).toEqual([['status:not', 'draft']]);
    expect(criteria).toMatchObject({ cursor: 'c', filters: [{ param: 'status', not: true }] });
  });

  it('are refused all at once, each by its name', () => {
    expect(() => parse(['_sort', 'x'], ['code:in', 'y'])).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        fields: { issues: [expect.objectContaining({ path: '_sort' }), expect.objectContaining({ path: 'code:in' })] },
      }),
    );
  });
});
