import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeService, openFakeService, type Situation } from '../app/fake-service.ts';
import { type KeptTab, keepTab } from './keep-tab.ts';
import { launchChromium } from './launch-chromium.ts';
import { rulesOfColour, violations } from './open-app.ts';
import { touching } from './touching.ts';

/** One state of a view, and how to get there. */
export interface State {
  readonly situation: Situation;
  /** Before the launch. */
  readonly prepare?: (service: FakeService) => void;
  readonly go?: (page: Page, service: FakeService) => Promise<unknown>;
  /** What tells that the state is reached. */
  readonly sees: string | RegExp;
}

/** Presses the first button of this name. */
export const pressFirst = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();

/**
 * Expects the page as it stands to be accessible (axe), as wide as its window, and nothing in it to stick to what stands above,
 * in each theme at its width. The state has to be reached once, and what has not to do with colours to be asked once a width:
 * the themes differ in nothing else (`test/themes.test.ts`).
 */
export async function expectWellShown(page: Page, looks: readonly Look[] = bothThemes, about?: string): Promise<void> {
  for (const [at, { theme, width }] of looks.entries()) {
    const coloursOnly = at > 0 && width === undefined;
    await page.emulateMedia({ colorScheme: theme });
    if (width !== undefined) await page.setViewportSize({ width, height: 900 });
    expect(await violations(page, coloursOnly ? rulesOfColour : undefined), `${about ?? ''} ${theme}`).toEqual([]);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(tooWide, `${about ?? ''} ${theme}, in pixels too wide`).toBeLessThanOrEqual(0);
    if (!coloursOnly) expect(await touching(page), `${about ?? ''} ${theme}`).toEqual([]);
  }
}

/** A theme, and the width of the window in pixels where it is another than before. */
export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width?: number;
}
export const bothThemes: readonly Look[] = [{ theme: 'light' }, { theme: 'dark' }];

/**
 * Declares a test a state: it is reached, well shown in every look, and the browser complains of nothing.
 * @param frame width of the window in pixels; looks: by default both themes at that width
 */
export function lookAtEachState(
  states: Readonly<Record<string, State>>,
  frame: { readonly width: number; readonly looks?: readonly Look[] },
): void {
  let browser: Browser;
  let service: FakeService;
  let tab: KeptTab;
  beforeAll(async () => {
    browser = await launchChromium();
    service = await openFakeService(Object.values(states)[0]?.situation as Situation);
    tab = keepTab(browser, service);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });
  it.each(Object.entries(states))('%s: is there, is accessible, fits, in both themes', async (_name, state) => {
    service.set(state.situation);
    state.prepare?.(service);
    const expectApp = state.prepare === undefined;
    const { page, complaints } = await tab.open({ width: frame.width, expectApp });
    try {
      await state.go?.(page, service);
      await page.getByText(state.sees).first().waitFor({ state: 'attached' });
      await expectWellShown(page, frame.looks);
      expect(complaints).toEqual([]);
    } finally {
      await tab.leave();
    }
  });
}
