import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Frame {
  readonly width?: Width;
  readonly theme?: Theme;
}
type Width = 400 | 768 | 1400;
type Theme = 'light' | 'dark';

const heights = { 400: 860, 768: 1024, 1400: 900 } as const;
const widths = [400, 768, 1400] as const;
const themes = ['light', 'dark'] as const;

/** Opens tabs of a given width and theme, and keeps pictures of what they show. */
export class Camera {
  /** Names of the files taken so far. */
  readonly taken: string[] = [];
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #whole: boolean;

  /** @param whole the page from top to bottom, for looking at it, instead of what a window shows */
  constructor(browser: Browser, folder: string, whole: boolean) {
    mkdirSync(folder, { recursive: true });
    this.#browser = browser;
    this.#folder = folder;
    this.#whole = whole;
  }

  /** Does something in a tab of its own, which is closed afterwards. */
  async in(
    { width = 1400, theme = 'light' }: Frame,
    act: (page: Page, context: BrowserContext) => Promise<void>,
  ): Promise<void> {
    const context = await this.#browser.newContext({
      colorScheme: theme,
      viewport: { width, height: heights[width] },
      reducedMotion: 'reduce',
      // where the plans of the case are carried out
      timezoneId: 'America/New_York',
    });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await act(page, context);
    } finally {
      await context.close();
    }
  }

  /** Keeps what the page shows; the width and the theme are part of the name. */
  async take(page: Page, name: string): Promise<void> {
    const width = page.viewportSize()?.width ?? 0;
    const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    const file = `${name}-${width}${dark ? '-dark' : ''}.png`;
    // a field that has the focus would blink its caret into one picture in two
    await page.screenshot({ path: join(this.#folder, file), fullPage: this.#whole, caret: 'hide' });
    this.taken.push(file);
  }

  /** The same at every width and in both themes; the page is left as it was. `inView` is brought into the picture each time. */
  async takeAll(page: Page, name: string, inView?: string): Promise<void> {
    const before = page.viewportSize();
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: heights[width] });
        await page.evaluate((selector) => {
          if (selector === undefined) scrollTo(0, 0);
          else document.querySelector(selector)?.scrollIntoView({ block: 'center' });
        }, inView);
        await this.take(page, name);
      }
    }
    await page.emulateMedia({ colorScheme: null });
    if (before !== null) await page.setViewportSize(before);
  }
}
