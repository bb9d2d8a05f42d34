import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { LoggedStep } from '../../smart-app/src/charts/drawn-measure.ts';
import { TimeChart } from '../../smart-app/src/charts/time-chart.tsx';
import type { Measure } from '../../src/homework/log/measures-of.ts';
import type { Goal } from '../../src/homework/model.ts';
import { type Rendered, render } from './render.tsx';

let rendered: Rendered | undefined;
afterEach(() => rendered?.leave());

const reading = (logId: string, at: string, value: number) => ({ logId, at, value, moment: 'after' as const });
const belief: Measure = {
  ...{ label: 'Belief', unit: '%', linkId: 'belief-after' },
  readings: [
    reading('a', '2026-03-02T15:00:00.000Z', 90),
    reading('b', '2026-03-09T14:00:00.000Z', 72.5),
    reading('c', '2026-03-18T14:00:00.000Z', 80),
  ],
};
const steps: readonly LoggedStep[] = [
  { logId: 'a', stepKey: '1', stepTitle: 'Notice' },
  { logId: 'b', stepKey: '1', stepTitle: 'Notice' },
  { logId: 'c', stepKey: '4b', stepTitle: 'قل رأيك' },
];
const goals: readonly Goal[] = [
  {
    ...{ id: 'g', description: '', measure: { system: 's', code: 'belief-after' } },
    target: { value: 50, unit: '%', comparator: '<=' },
  },
];

function chart(more: Partial<Parameters<typeof TimeChart>[0]> = {}): HTMLElement {
  rendered?.leave();
  rendered = render(
    <TimeChart
      measure={belief}
      place={{ language: 'en-US', timeZone: 'America/New_York' }}
      goals={goals}
      steps={steps}
      {...more}
    />,
  );
  return rendered.box;
}

const textOf = (box: ParentNode, selector: string) =>
  [...box.querySelectorAll(selector)].map(({ textContent }) => textContent);
const slider = (box: HTMLElement): HTMLInputElement => {
  const found = box.querySelector<HTMLInputElement>('input[type=range]');
  if (found === null) throw new Error('the values cannot be gone through');
  return found;
};
/** As an arrow key does: the browser's own setter, then the event that React listens to. */
function moveTo(input: HTMLInputElement, value: number): void {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, String(value));
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

describe('a chart', () => {
  it('has both axes labelled, with the unit and with days, in the language and the zone of the plan', () => {
    const english = chart();
    expect(textOf(english, '.chart-unit')).toEqual(['%']);
    expect(textOf(english, '.chart-y > span')).toEqual(['0', '50', '100']);
    expect(textOf(english, '.chart-day')).toEqual(['Mar 2', 'Mar 10', 'Mar 18']);
    const german = chart({ place: { language: 'de-DE', timeZone: 'Pacific/Auckland' } });
    expect(textOf(german, '.chart-day')).toEqual(['3. März', '11. März', '19. März']);
    expect(textOf(german, 'tbody td:last-child')).toContain('72,5 %');
    expect(textOf(chart({ measure: { ...belief, unit: '' } }), '.chart-unit')).toEqual(['of 100']);
  });

  it('says the year where it runs through two, and the time where it is of one day', () => {
    const [first] = belief.readings;
    const later = reading('b', '2027-01-04T15:00:00.000Z', 60);
    expect(textOf(chart({ measure: { ...belief, readings: [first, later] } }), '.chart-day')).toEqual(
      ['Mar 2, 26', 'Aug 3, 26', 'Jan 4, 27'].map((text) => expect.stringContaining(text.slice(0, 5))),
    );
    const sameDay = reading('b', '2026-03-02T19:00:00.000Z', 60);
    const times = textOf(chart({ measure: { ...belief, readings: [first, sameDay] } }), '.chart-day');
    expect(times.map((text) => text?.replace(/\s/g, ' '))).toEqual(['10:00 AM', '12:00 PM', '2:00 PM']);
  });

  it('draws the goal, names it, and says it to who does not see it; without one there is none', () => {
    const box = chart();
    expect(box.querySelectorAll('.chart-target')).toHaveLength(1);
    expect(textOf(box, '.chart-goals > span')).toEqual(['goal']);
    expect(box.textContent).toContain('Dashed: the goal, 50 % or less');
    expect(box.querySelector('svg[role=img]')?.getAttribute('aria-label')).toContain('the goal is 50 % or less');
    expect(chart({ goals: [] }).querySelectorAll('.chart-target, .chart-goals > span, .chart-note')).toHaveLength(0);
  });

  it('marks where a step began by its name, and the table tells the step of each value', () => {
    const box = chart();
    expect(textOf(box, '.chart-step')).toEqual(['1', '4b']);
    expect(box.querySelectorAll('.chart-mark')).toHaveLength(2);
    expect(textOf(box, 'tbody td:nth-child(2)')).toEqual(['1', '1', '4b']);
    // no line from the one step to the other
    const lines = [...box.querySelectorAll('.chart-line')].map(
      (line) => line.getAttribute('points')?.split(' ').length,
    );
    expect(lines).toEqual([2]);
  });

  it('tells each value by the arrow keys: to the eye beside the point, to the ear as the value of the slider', () => {
    const box = chart();
    const input = slider(box);
    expect(box.querySelector('.chart-tip')).toBeNull();
    act(() => input.focus());
    expect(textOf(box, '.chart-tip')).toEqual([expect.stringMatching(/^80 %Wed, Mar 18.*Step 4b: قل رأيك$/)]);
    moveTo(input, 1);
    expect(input.getAttribute('aria-valuetext')).toBe('72.5 %; Mon, Mar 9, 10:00 AM; step 1: Notice');
    expect(textOf(box, '.chart-tip')[0]).toContain('72.5 %');
    act(() => void input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
    expect(box.querySelector('.chart-tip')).toBeNull();
    moveTo(input, 0);
    expect(textOf(box, '.chart-tip')[0]).toContain('90 %');
    act(() => input.blur());
    expect(box.querySelector('.chart-tip')).toBeNull();
  });

  it('of a single value is one point, with nothing to go through', () => {
    const box = chart({ measure: { ...belief, readings: [belief.readings[0]] } });
    expect(box.querySelectorAll('.chart-dot')).toHaveLength(1);
    expect(box.querySelectorAll('input, .chart-line, .chart-mark')).toHaveLength(0);
    expect(textOf(box, '.chart-day')).toEqual(['Mar 2']);
  });

  it('shades what is new since a time within it, and nothing where all is new or nothing', () => {
    expect(chart({ since: '2026-03-11T20:30:00.000Z' }).querySelectorAll('.chart-since')).toHaveLength(1);
    for (const since of ['2026-03-01T15:00:00.000Z', '2026-03-02T15:00:00.000Z', '2026-03-20T15:00:00.000Z'])
      expect(chart({ since }).querySelectorAll('.chart-since')).toHaveLength(0);
  });
});
