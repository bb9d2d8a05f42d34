import { describe, expect, it } from 'vitest';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const practice = currentOf('relaxation-practice');

describe('relaxation or mindfulness practice', () => {
  it('tells technique, minutes and tension', () => {
    const scan = {
      ...{ 'tension-before': 7, technique: 'body-scan', guided: true, minutes: 20, 'mind-wandered': 'often' },
      ...{ 'tension-after': 4, noticed: 'My jaw was tight', unpleasant: false },
    };
    expect(logged(practice, scan)).toEqual({
      lines: [
        ...['Anything unpleasant no', 'Technique Body scan', 'Practised 20 min', 'Tension 7 to 4 of 10'],
        'Noticed: "My jaw was tight"',
      ],
      measures: ['tension-before 7', 'practice-minutes 20 min', 'tension-after 4'],
    });
  });

  it('tells first of what came up', () => {
    const { lines } = logged(practice, {
      ...{ technique: 'breathing', minutes: 3, 'tension-before': 5, 'tension-after': 9 },
      ...{ unpleasant: true, 'unpleasant-what': 'I saw the car again' },
    });
    expect(lines[0]).toBe('Unpleasant: "I saw the car again"');
    expect(lines).toContain('Tension 5 to 9 of 10');
  });

  it('takes one’s own technique, and minutes alone', () => {
    expect(logged(practice, { technique: 'humming\n<b>', minutes: 5 }).lines).toEqual([
      'Technique humming <b>',
      'Practised 5 min',
    ]);
    expect(logged(practice, { minutes: 1 }).measures).toEqual(['practice-minutes 1 min']);
    expect(() => logged(practice, {})).toThrow('does not fit');
  });

  it('reads two thirds of what is asked as enough', () => {
    const { schedule } = practice.kind.defaults;
    expect(schedule).toMatchObject({ type: 'series', pattern: { type: 'days', every: 1 }, enough: 4 });
  });
});
