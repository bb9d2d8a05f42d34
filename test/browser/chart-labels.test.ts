import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFakeService } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, openTab } from './open-app.ts';
import { firstPageStates } from './states/first-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface Placed {
  readonly words: string;
  readonly left: number;
  readonly right: number;
}

interface PlacedChart {
  /** Where the upright lines stand, and where the points do. */
  readonly marks: readonly number[];
  readonly dots: readonly number[];
  readonly labels: readonly Placed[];
  readonly days: readonly Placed[];
  /** From the first to the last line that a label for several stands over. */
  readonly spans: readonly Placed[];
}

/** What is seen of each chart of the page, in pixels. */
const chartsOn = (page: Page): Promise<readonly PlacedChart[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.chart-box')].map((box) => {
      const placed = (selector: string) =>
        [...box.querySelectorAll(selector)]
          .map((element) => ({ words: element.textContent ?? '', at: element.getBoundingClientRect() }))
          .filter(({ at }) => at.width > 0)
          .map(({ words, at: { left, right } }) => ({ words, left, right }))
          .toSorted((one, other) => one.left - other.left);
      const middle = (selector: string) =>
        [...box.querySelectorAll(selector)].map((element) => {
          const { left, right } = element.getBoundingClientRect();
          return (left + right) / 2;
        });
      return {
        ...{ marks: middle('.chart-mark'), dots: middle('.chart-dot') },
        ...{ labels: placed('.chart-step'), spans: placed('.chart-step-span'), days: placed('.chart-day') },
      };
    }),
  );

const middleOf = ({ left, right }: Placed): number => (left + right) / 2;

function checkChart({ marks, labels, spans, dots, days }: PlacedChart, keys: readonly string[]): void {
  // one label for each run of lines, in their order, over the middle of its run; no line without one
  let next = 0;
  const ofSeveral = [...spans];
  for (const label of labels) {
    const single = keys[next] === label.words;
    const span = single ? undefined : ofSeveral.shift();
    if (!single && span === undefined) throw new Error(`“${label.words}” stands over no line`);
    const [first, last] = span === undefined ? [marks[next], marks[next]] : [span.left, span.right];
    const count = marks.filter((x) => x >= (first ?? 0) - 1.5 && x <= (last ?? 0) + 1.5).length;
    expect(Math.abs((marks[next] ?? Number.NaN) - (first ?? 0))).toBeLessThan(1.5);
    expect(Math.abs(middleOf(label) - ((first ?? 0) + (last ?? 0)) / 2)).toBeLessThan(1.5);
    if (!single) {
      const names = label.words.split(/, | … /);
      expect([names[0], names.at(-1)]).toEqual([keys[next], keys[next + count - 1]]);
    }
    next += single ? 1 : count;
  }
  expect(next).toBe(marks.length);
  expect(ofSeveral).toEqual([]);
  for (const row of [labels, days])
    for (const [index, { left }] of row.slice(1).entries()) expect(left).toBeGreaterThan(row[index]?.right ?? 0);
  // the first and the last day stand under the first and the last point
  expect(Math.abs((dots[0] ?? 0) - middleOf(days[0] as Placed))).toBeLessThan(2);
  expect(Math.abs((dots.at(-1) ?? 0) - middleOf(days.at(-1) as Placed))).toBeLessThan(2);
}

const widths = [320, 480, 640, 800, 1024, 1400] as const;

describe('a label of a chart stands at what it names', () => {
  it.each(widths)('at %i pixels: steps over their lines, days under their points, on both pages', async (width) => {
    const service = await openFakeService(situations.atTheVisit);
    const { page, context } = await openApp(browser, service, { width });
    for (const tab of [undefined, 'Logs']) {
      if (tab !== undefined) await openTab(page, tab);
      await page.getByRole('heading', { level: 1, name: tab ?? /^Since/ }).waitFor();
      await page.locator('.chart-step').first().waitFor({ state: 'attached' });
      const charts = await chartsOn(page);
      expect(charts.length).toBeGreaterThan(1);
      for (const chart of charts) {
        expect(chart.marks).toHaveLength(4);
        checkChart(chart, ['1', '2', '3', '4a']);
      }
    }
    await context.close();
    await service.close();
  });

  it.each(widths)('at %i pixels: of thirty steps none is left without a name over it', async (width) => {
    const service = await openFakeService(firstPageStates['thirty steps'].situation);
    const { page, context } = await openApp(browser, service, { width });
    await page.locator('.chart-step').first().waitFor({ state: 'attached' });
    const [chart] = await chartsOn(page);
    if (chart === undefined) throw new Error('nothing is drawn');
    expect(chart.marks.length).toBeGreaterThan(20);
    checkChart(
      chart,
      chart.marks.map((_, index) => String(index + 1)),
    );
    await context.close();
    await service.close();
  });
});
