import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { longPlan } from '../app/long-plan.ts';
import { situations } from '../app/situations.ts';
import { chooseAct, more } from './choose-act.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, openTab } from './open-app.ts';

let browser: Browser;
let service: FakeService;
const visit = situations.atTheVisit;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(visit);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const isFocused = (at: Locator): Promise<boolean> => at.evaluate((element) => element === document.activeElement);
/** Whether all of it is in the window, and nothing lies over its middle. */
const isInView = (at: Locator): Promise<boolean> =>
  at.evaluate((element) => {
    const { top, bottom, left, width, height } = element.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return top >= 0 && bottom <= innerHeight && over !== null && (element.contains(over) || over.contains(element));
  });
const rung = (page: Page, key: string): Locator =>
  page.locator('.rung').filter({ has: page.locator(`.rung-key:text-is("${key}")`) });

describe('the plan', () => {
  it.each([900, 500])(
    'opens with its current step in view and its heading in focus, of thirty, %i px high',
    async (height) => {
      service.set({ ...visit, plans: [longPlan(30, 20)] });
      const { page, context } = await openApp(browser, service);
      await page.setViewportSize({ width: 1200, height });
      await openTab(page, 'Plan');
      await expect.poll(() => isInView(rung(page, '21').locator('summary').first())).toBe(true);
      expect(await isFocused(page.locator('main h1'))).toBe(true);
      expect(await rung(page, '21').getAttribute('aria-current')).toBe('step');
      // what is done is one line
      expect((await rung(page, '5').boundingBox())?.height).toBeLessThan(100);
      await context.close();
    },
  );

  it('stays at its top while a safety signal is open', async () => {
    service.set({ ...situations.safetyOpen, plans: [longPlan(30, 20)] });
    const { page, context } = await openApp(browser, service);
    await openTab(page, 'Plan');
    await rung(page, '21').waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await context.close();
  });

  it('a search in the page finds what is folded away: its text is there, and opening it is one key', async () => {
    service.set(visit);
    const { page, context } = await openApp(browser, service);
    await openTab(page, 'Plan');
    const fold = rung(page, '1').locator('.rung-fold');
    const line = fold.locator('summary').first();
    expect(await fold.evaluate((details) => (details as HTMLDetailsElement).open)).toBe(false);
    // Chromium’s own search opens what it finds in a closed disclosure; hidden by display it would not be found
    const body = fold.locator('.rung-line').first();
    expect(await body.evaluate((element) => getComputedStyle(element).display)).not.toBe('none');
    await line.focus();
    await page.keyboard.press('Enter');
    await body.waitFor();
    await page.keyboard.press('Space');
    await body.waitFor({ state: 'hidden' });
    expect(await isFocused(line)).toBe(true);
    await context.close();
  });

  it.each([1200, 400, 320])(
    'what was done far down is said in view, with the focus there, %i px wide',
    async (width) => {
      service.set({ ...visit, plans: [longPlan(30, 20)] });
      const { page, context } = await openApp(browser, service, { width });
      await openTab(page, 'Plan');
      await chooseAct(page, 'Withdraw', 'step 30');
      await page.getByRole('dialog').getByLabel('Why?').fill('Not now');
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
      const said = rung(page, '30').getByRole('status');
      await said.getByText('Step 30 is withdrawn.').waitFor();
      await expect.poll(() => isInView(said)).toBe(true);
      // where More was pressed it still is, or else the words have the focus
      const focused = (await isFocused(said)) || (await isFocused(more(page, 'step 30')));
      expect(focused).toBe(true);
      await context.close();
    },
  );

  it.each([
    [1200, 900],
    [400, 700],
    [320, 256],
  ])('a menu is whole in the window, or in the flow of the page, at %i × %i', async (width, height) => {
    service.set({ ...visit, now: '2026-03-23T20:00:00.000Z', plans: situations.opinionDue.plans });
    const { page, context } = await openApp(browser, service, { width });
    await page.setViewportSize({ width, height });
    await openTab(page, 'Plan');
    await more(page, 'step 4b').focus();
    await page.keyboard.press('ArrowUp');
    const last = page.getByRole('menuitem').last();
    await expect.poll(() => isFocused(last)).toBe(true);
    expect(await isInView(last)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await isFocused(more(page, 'step 4b'))).toBe(true);
    await context.close();
  });
});

describe('assigning', () => {
  const bar = (page: Page) => page.locator('.assign-bar');
  const open = async (width: number, height: number) => {
    service.set(situations.noPlanYet);
    const opened = await openApp(browser, service, { width });
    await opened.page.setViewportSize({ width, height });
    await opened.page.getByRole('button', { name: 'Assign a plan' }).click();
    for (const line of await opened.page.getByRole('heading', { name: /^Step / }).all()) await line.click();
    await opened.page.evaluate(() => scrollTo(0, 0));
    return opened;
  };

  it('keeps its button in view where there is room, and it covers nothing that has the focus, forth and back', async () => {
    const { page, context } = await open(1200, 900);
    expect(await isInView(bar(page).getByRole('button', { name: /^Assign to/ }))).toBe(true);
    await page.locator('main h1').focus();
    const covered: string[] = [];
    let seen = 0;
    for (const key of [...Array(45).fill('Tab'), ...Array(45).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      const found = await page.evaluate(() => {
        const at = document.activeElement;
        const over = document.querySelector('.assign-bar');
        if (!(at instanceof HTMLElement) || over === null || over.contains(at) || !at.closest('.assign'))
          return undefined;
        return { what: at.id, under: at.getBoundingClientRect().bottom - over.getBoundingClientRect().top };
      });
      if (found === undefined) continue;
      seen += 1;
      if (found.under > 0) covered.push(`${key} ${found.what} by ${Math.round(found.under)} px`);
    }
    expect(seen).toBeGreaterThan(40);
    expect(covered).toEqual([]);
    await context.close();
  });

  it.each([
    [320, 256],
    [400, 700],
    [1200, 500],
  ])('has it at the end of the page at %i × %i', async (width, height) => {
    const { page, context } = await open(width, height);
    expect(await bar(page).evaluate((element) => getComputedStyle(element).position)).toBe('static');
    await context.close();
  });
});
