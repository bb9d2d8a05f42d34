import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { FakeService } from '../app/fake-service.ts';
import { pagePatience } from './launch-chromium.ts';

export interface OpenApp {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of: errors of the page, and what the content policy stopped. */
  readonly complaints: string[];
}

export interface OpenOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  /** Wait for the app itself; a launch that must not succeed is waited for by the test. */
  readonly expectApp?: boolean;
  /** The zone of the device; by default the one that the plans are carried out in. */
  readonly timeZone?: string;
}

/** Opens the app as the EHR does, in a browser context of its own. */
export async function openApp(browser: Browser, service: FakeService, options: OpenOptions = {}): Promise<OpenApp> {
  const { theme = 'light', width = 1200, expectApp = true, timeZone = 'America/New_York' } = options;
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: timeZone,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(pagePatience);
  const complaints: string[] = [];
  hearComplaints(page, (words) => complaints.push(words));
  await launchApp(page, service, expectApp);
  return { page, context, complaints };
}

/** Hears of errors of the page, and of what the content policy stopped. */
export function hearComplaints(page: Page, hear: (words: string) => void): void {
  page.on('pageerror', (error) => hear(error.message));
  page.on('console', (message) => {
    // answers of 4xx and 5xx are part of what is tested
    if (message.type() === 'error' && !/status of [45]\d\d|net::ERR/.test(message.text())) hear(message.text());
  });
}

/** Launches the app as the EHR does, in this page. */
export async function launchApp(page: Page, service: FakeService, expectApp: boolean): Promise<void> {
  await page.goto(service.launchUrl);
  if (!expectApp) return;
  await page.waitForURL('**/app');
  await page.locator('main:not([aria-busy]) h1').waitFor();
}

/** Opens one of the pages by its tab. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click();
}

/** What of axe hangs on colours: all that one theme can break and another not. */
export const rulesOfColour: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong, as rule and place; WCAG 2.2 AA and good practice. In axe's legacy mode, because the other one opens
 * a second page for what frames of other origins hold, of which the app has none; and without working out the places of
 * what is right: a third of the time.
 * @param rules these alone; default: all
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const there = await Promise.all(page.frames().map((frame) => frame.evaluate(() => 'axe' in window)));
  // half a megabyte, which a page that has it already need not read again
  const builder = new AxeBuilder({ page, ...(there.every(Boolean) ? { axeSource: ';' } : {}) });
  const { violations: found } = await builder
    .setLegacyMode()
    .options({
      resultTypes: ['violations'],
      ...(rules === undefined ? {} : { runOnly: { type: 'rule', values: [...rules] } }),
    })
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
