import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { newerPlan, situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, openTab } from './open-app.ts';
import { pressFirst } from './view-states.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.atTheVisit);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** What a person gets who prints: the paper's words, page by page. */
async function printed(page: Page): Promise<readonly string[]> {
  const bytes = await page.pdf({ format: 'A4' });
  if (process.env.SHOTS !== undefined) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    await page.pdf({ format: 'A4', path: join(process.env.SHOTS, `${Date.now()}.pdf`) });
  }
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
  return text.map((words) => words.replace(/\s+/g, ' '));
}

/** On paper: what is written in another colour than black or dark grey, or on another ground than white. */
const coloured = (page: Page) =>
  page.evaluate(() => {
    const grey = (colour: string): boolean => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
      return alpha === 0 || (red === green && green === blue);
    };
    return [...document.querySelectorAll<HTMLElement>('main *')]
      .filter((element) => element.checkVisibility() && element.closest('svg') === null)
      .filter((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        return !grey(color) || !grey(backgroundColor);
      })
      .map((element) => `${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`);
  });

const pages = {
  'since the last visit': {
    // fetched after what is read first
    go: (page: Page) => page.getByRole('heading', { name: 'What changed' }).waitFor(),
    has: ['Since your visit on', 'What needs care', 'What changed', 'Homework overview'],
  },
  'the plan': {
    async go(page: Page) {
      await openTab(page, 'Plan');
      // fetched when the tab is first opened
      await page.getByText('Notice what happens in three meetings').first().waitFor({ state: 'attached' });
    },
    // of a step that is folded up, and of what the patient reads
    has: ['Homework plan', 'Notice what happens in three meetings', 'In your next three team meetings'],
  },
  'the note': {
    async go(page: Page) {
      await openTab(page, 'In the chart');
      await pressFirst(page, 'Read the note');
      await page.locator('pre.report').waitFor();
    },
    has: ['Note for the chart', 'Homework between visits:', 'Tells of'],
  },
} as const;

describe.each(Object.entries(pages))('%s, printed', (_, { go, has }) => {
  it.each(['light', 'dark'] as const)(
    'from the %s theme says whose it is and when it was printed, is black on white, and has nothing to press',
    async (theme) => {
      service.set({ ...situations.atTheVisit, plans: [...situations.atTheVisit.plans, newerPlan] });
      const { page, context, complaints } = await openApp(browser, service, { theme });
      await go(page);
      const before = await page.locator('main details[open]').count();
      const paper = await printed(page);
      const all = paper.join(' ');
      expect(paper[0]).toMatch(/Sarah Whitfield, born May 4, 1991 .*printed \w{3}, \w{3} \d+, 20\d\d, \d+:\d\d [AP]M/);
      for (const words of has) expect(all).toContain(words);
      expect(all).not.toMatch(
        /Sign out|Sign and file|Worried about|Download PDF|Talked over\b.*Talked over|Choose another/,
      );
      await page.emulateMedia({ media: 'print', colorScheme: theme });
      expect(await coloured(page)).toEqual([]);
      expect(await page.locator('main button:visible, main select:visible, main textarea:visible').count()).toBe(0);
      const broken = await page.evaluate(
        () =>
          [...document.querySelectorAll('main .card:not(:has(pre)), main figure > .chart-box')].filter(
            (card) => getComputedStyle(card).breakInside !== 'avoid',
          ).length,
      );
      expect(broken).toBe(0);
      // on the screen it is as it was
      await page.emulateMedia({ media: 'screen' });
      await expect.poll(() => page.locator('main details[open]').count()).toBe(before);
      expect(await page.getByText(/^printed/).isVisible()).toBe(false);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});

it('charts are on paper, and within it', async () => {
  service.set(situations.atTheVisit);
  const { page, context } = await openApp(browser, service);
  await page.setViewportSize({ width: 690, height: 970 });
  await page.emulateMedia({ media: 'print' });
  const boxes = await page
    .locator('main svg:visible')
    .evaluateAll((all) =>
      all
        .map((svg) => svg.getBoundingClientRect())
        .map(({ left, right, width, height }) => ({ left, right, width, height })),
    );
  expect(boxes.length).toBeGreaterThan(0);
  for (const { left, right } of boxes) expect([left >= 0, right <= 690]).toEqual([true, true]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await context.close();
});

describe('the charts begin where they are spoken of', () => {
  const [sarah] = situations.atTheVisit.plans;
  const quiet = { ...sarah, barriers: [], feedback: [] };
  it.each([
    ['of one plan', [sarah]],
    ['of one plan in which little needs care', [quiet]],
    ['of two plans', [sarah, newerPlan]],
  ])('and what to read them by stands above them: %s', async (_of, plans) => {
    service.set({ ...situations.atTheVisit, plans: [...plans] });
    const { page, context } = await openApp(browser, service);
    await page.locator('.charts').waitFor();
    const paper = await printed(page);
    const key = paper.find((words) => words.includes('An upright line marks')) ?? '';
    expect(key).toContain('What changed since');
    expect(key).toContain('before the first log, after the last log');
    await context.close();
  });

  it('and their tables go on on the next page, so that no half of one is left empty', async () => {
    service.set({ ...situations.atTheVisit, plans: [quiet] });
    const { page, context } = await openApp(browser, service);
    await page.locator('.charts').waitFor();
    const [first = ''] = await printed(page);
    expect(first).toContain('before the first log, after the last log');
    await context.close();
  });
});
