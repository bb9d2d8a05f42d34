import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { newerPlan, situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp } from './open-app.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  const [plan] = situations.atTheVisit.plans;
  service = await openFakeService({ ...situations.atTheVisit, plans: [plan, newerPlan] });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

/** Words of labels that begin on one line and end on another. */
const brokenWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('label')].flatMap((label) =>
      [...label.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .flatMap((node) =>
          [...(node.textContent ?? '').matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            return range.getClientRects().length > 1 ? [word] : [];
          }),
        ),
    ),
  );

describe('the word beside a select is not broken', () => {
  it.each([320, 480, 640, 1024, 1400])('at %i pixels, on every page', async (width) => {
    const { page, context } = await openApp(browser, service, { width });
    let labels = 0;
    for (const tab of await page.getByRole('navigation').getByRole('button').all()) {
      await tab.click();
      await page.locator('main:not([aria-busy]) h1').waitFor();
      labels += await page.locator('label:visible').count();
      expect(await brokenWords(page)).toEqual([]);
    }
    expect(labels).toBeGreaterThan(4);
    await context.close();
  });
});
