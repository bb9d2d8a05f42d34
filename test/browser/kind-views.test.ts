import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { courseOf, formsOf } from '../app/kind-cases/kind-cases.ts';
import { type KeptTab, keepTab } from './keep-tab.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp } from './open-app.ts';
import { expectWellShown, type Look } from './view-states.ts';

/** The form of every kind, as the patient fills it in, and what a clinician sees of a course of it. */
let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(formsOf(registeredKinds.kinds));
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const { kinds } = registeredKinds;
/** A phone and a desk; both themes at the one, of which the other differs in its width alone. */
const looks: readonly Look[] = [{ theme: 'light', width: 1400 }, { theme: 'light', width: 400 }, { theme: 'dark' }];

/**
 * Parts that have been looked through, each by what it is and in what it stands: pages of parts that are all known differ in their words
 * alone. That a page fits is asked of each.
 */
const known = new Set<string>();
async function looked(page: Page, about: string): Promise<void> {
  const parts = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *')].map((part) => {
      const named = (element: Element | null) =>
        element === null ? '' : `${element.tagName}.${element.getAttribute('class')}[${element.getAttribute('type')}]`;
      return `${named(part.parentElement)} > ${named(part)}`;
    }),
  );
  if (parts.some((part) => !known.has(part))) await expectWellShown(page, looks, about);
  for (const part of parts) known.add(part);
  for (const width of [1400, 400]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), about).toBeLessThanOrEqual(0);
  }
}

describe('the form of', () => {
  let page: Page;
  let context: BrowserContext;
  let complaints: readonly string[];
  beforeAll(async () => {
    ({ page, context, complaints } = await openApp(browser, service, { width: 400 }));
  });
  afterAll(() => context?.close());

  it.each(kinds.map(({ slug, title }) => [slug, title] as const))('%s, page by page', async (slug, title) => {
    const card = page.locator('article', { has: page.getByRole('heading', { name: title, exact: true }) });
    await card
      .getByRole('button', { name: /^Write it down/ })
      .first()
      .click();
    const heading = page.locator('#form-page');
    const next = page.getByRole('button', { name: /^Next: / });
    await page.locator('form.log-form').waitFor();
    for (let turned = 1; ; turned += 1) {
      // nothing is squeezed to a letter a line, or to less than a finger
      expect(await tooSmall(page), slug).toEqual([]);
      await looked(page, `${slug} ${turned}`);
      if (!(await next.isVisible())) break;
      const before = await heading.innerText();
      await next.click();
      await page.waitForFunction((shown) => document.getElementById('form-page')?.innerText !== shown, before);
    }
    expect(complaints).toEqual([]);
    await page.getByRole('navigation').getByRole('button', { name: 'To do' }).click();
    await card.waitFor();
  });
});

/** Fields of a form that are too small for a finger. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.question :is(input, textarea, select, .big-choice)')]
      .filter((field) => !field.matches('[type=checkbox], [type=radio], [type=range]') && field.checkVisibility())
      .map((field) => ({ field, box: field.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 40 || box.width < 36)
      .map(({ field, box }) => `${field.tagName} ${field.id} ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );

/** Names of rows and charts that are broken into pieces of a few letters. */
const unreadable = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const names = [...document.querySelectorAll<HTMLElement>('.day-grid tbody th, .chart-name, .chart-band > span')];
    const range = document.createRange();
    return names.flatMap((name) => {
      range.selectNodeContents(name);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      return lines > Math.max(2, (name.textContent?.length ?? 0) / 5) ? [`${lines} lines: ${name.textContent}`] : [];
    });
  });

/** What a clinician looks for in one place is looked at together. */
const courses = Map.groupBy(kinds, ({ family, slug }) => family ?? slug);

describe('a clinician sees of', () => {
  let tab: KeptTab;
  beforeAll(() => {
    tab = keepTab(browser, service);
  });

  it.each([...courses])('%s what became of it', async (slug, ofFamily) => {
    service.set(courseOf(...ofFamily));
    const { page, complaints } = await tab.open({ width: 400 });
    try {
      // a kind that is told in words alone has no chart, but the log that was written
      await page.locator('.time-chart, .day-grid, .log-brief').first().waitFor();
      const all = page.getByRole('button', { name: /^Show all \d+ charts/ });
      if (await all.isVisible()) await all.click();
      expect(await unreadable(page), slug).toEqual([]);
      for (const words of await page
        .locator('svg[role=img]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))))
        expect(words, slug).toMatch(/: .*\d/);
      await looked(page, slug);
      expect(complaints).toEqual([]);
    } finally {
      await tab.leave();
    }
  });
});
