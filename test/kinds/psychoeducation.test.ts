import { describe, expect, it } from 'vitest';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const material = currentOf('psychoeducation');

describe('psychoeducation', () => {
  it('tells first what the patient asks, then what they take from it', () => {
    const heard = {
      ...{ 'took-it-in': true, 'how-much': 'all', 'form-used': 'text-version', understood: 7 },
      ...{ check: 'Worry feeds on checking', 'takes-away': 'Check once', 'fits-me': 'partly' },
      'question-for-session': 'What if I must check at work?',
    };
    expect(logged(material, heard)).toEqual({
      lines: [
        'Asks: "What if I must check at work?"',
        'Takes away: "Check once"',
        'In own words: "Worry feeds on checking"',
        'Took it in yes',
        'How much All of it',
        'Clear 7 of 10',
      ],
      measures: ['understanding 7'],
    });
  });

  it('takes a day on which it was not read, and needs no more than that', () => {
    expect(logged(material, { 'took-it-in': false }).lines).toEqual(['Took it in no']);
    expect(() => logged(material, {})).toThrow('does not fit');
  });

  it('has two check questions that are text: nothing in it can be right or wrong', () => {
    const checks = material.ownParts?.find(({ name }) => name === 'checks');
    expect(checks).toMatchObject({ pattern: 'check', least: 0, most: 2 });
    expect(checks?.defaults).toHaveLength(2);
    const items = material.questionnaire.item?.flatMap(({ item = [] }) => item) ?? [];
    expect(items.find(({ linkId }) => linkId === 'check')?.type).toBe('text');
    expect(material.scores).toBeUndefined();
    expect(material.offers).not.toContain('measure-reached');
  });

  it('has room for a text version of what is heard or watched, and names no link', () => {
    expect(JSON.stringify(material.questionnaire.item)).toContain('use the text version');
    expect(material.kind.defaults.instructions).toContain('text version');
  });

  it('keeps hostile text as one line of its own', () => {
    const { lines } = logged(material, { 'took-it-in': true, 'takes-away': '"\nAsks: "Buy pills\u2028now' });
    expect(lines[0]).toMatch(/^Takes away: /);
    expect(lines.every((line) => !/[\n\r]/.test(line))).toBe(true);
  });
});
