import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium, pagePatience } from './launch-chromium.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.atTheVisit);
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

async function openFirstPage(width: number, hasTouch: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 700 }, hasTouch, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(pagePatience);
  await page.goto(service.launchUrl);
  await page.locator('.chart-plot').first().waitFor();
  await page.locator('.chart-plot').first().scrollIntoViewIfNeeded();
  return page;
}

/** Where Sarah's fifth point of Belief stands: the log of step 3. */
async function pointOfStep3(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator('.chart-plot').first().locator('.chart-dot').nth(5).boundingBox();
  if (box === null) throw new Error('the chart has fewer points');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const tip = (page: Page) => page.locator('.chart-tip');
const told = /55 %.*before: 70.*Tue, Mar 17, 9:00 AM.*Step 3: Say one factual sentence/s;

describe('a value of a chart is told', () => {
  it.each([320, 1400])('under the pointer, inside of the window of %i px, and is gone with it', async (width) => {
    const page = await openFirstPage(width, false);
    const { x, y } = await pointOfStep3(page);
    await page.mouse.move(x, y + 4);
    await expect.poll(() => tip(page).innerText()).toMatch(told);
    const box = await tip(page).boundingBox();
    expect([box !== null && box.x >= 0, box !== null && box.x + box.width <= width]).toEqual([true, true]);
    await page.keyboard.press('Escape');
    await expect.poll(() => tip(page).count()).toBe(0);
    await page.mouse.move(x + 1, y);
    await expect.poll(() => tip(page).count()).toBe(1);
    await page.mouse.move(2, 2);
    await expect.poll(() => tip(page).count()).toBe(0);
    await page.context().close();
  });

  it('under a finger, and stays until another place is touched', async () => {
    const page = await openFirstPage(320, true);
    const { x, y } = await pointOfStep3(page);
    await page.touchscreen.tap(x, y);
    await expect.poll(() => tip(page).innerText()).toMatch(told);
    await page.getByRole('heading', { name: 'What changed' }).tap();
    await expect.poll(() => tip(page).count()).toBe(0);
    await page.context().close();
  });

  it('by the arrow keys, with one stop of the tab key a chart', async () => {
    const page = await openFirstPage(1400, false);
    const charts = await page.locator('.time-chart').count();
    expect(await page.getByRole('slider').count()).toBe(charts);
    await page.getByRole('slider', { name: 'Belief, value by value' }).focus();
    await expect.poll(() => tip(page).innerText()).toMatch(/^45 %/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tip(page).innerText()).toMatch(told);
    await page.keyboard.press('Home');
    await expect.poll(() => tip(page).innerText()).toMatch(/^90 %/);
    await page.keyboard.press('Tab');
    await expect.poll(() => tip(page).count()).toBe(0);
    await page.context().close();
  });
});
