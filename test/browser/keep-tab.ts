import type { Browser, CDPSession, Page } from 'playwright-core';
import type { FakeService } from '../app/fake-service.ts';
import { pagePatience } from './launch-chromium.ts';
import { hearComplaints, launchApp, type OpenApp, type OpenOptions } from './open-app.ts';

/** A tab in which the app is opened for one test after the other. */
export interface KeptTab {
  /** As `openApp` does, for a device in New York. */
  open(options?: Omit<OpenOptions, 'timeZone'>): Promise<OpenApp>;
  /** Takes everything out of the tab that a test left in it; a tab that keeps something is ended. */
  leave(): Promise<void>;
}

interface Kept {
  readonly app: Pick<OpenApp, 'page' | 'context'>;
  readonly devTools: CDPSession;
}

/**
 * A tab for many tests: nothing is left of the one before but the app's own files, a hundred and more, which a browser that has fetched
 * and compiled them need not fetch and compile again. Opening the app takes half of what it takes in a new browser.
 */
export function keepTab(browser: Browser, service: FakeService): KeptTab {
  let kept: Kept | undefined;
  let complaints: string[] = [];
  const make = async (): Promise<Kept> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'America/New_York' });
    const page = await context.newPage();
    page.setDefaultTimeout(pagePatience);
    hearComplaints(page, (words) => complaints.push(words));
    return { app: { page, context }, devTools: await context.newCDPSession(page) };
  };
  return {
    async open({ theme = 'light', width = 1200, expectApp = true } = {}) {
      complaints = [];
      kept ??= await make();
      const { page } = kept.app;
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 900 });
      await launchApp(page, service, expectApp);
      return { ...kept.app, complaints };
    },
    async leave() {
      const left = kept;
      kept = undefined;
      if (left === undefined) return;
      const isEmpty = await emptied(left, service.origin).catch(() => false);
      if (isEmpty) kept = left;
      else await left.app.context.close();
    },
  };
}

/** Takes out of a tab what it keeps of this origin, cookies, routes and the way back. */
async function emptied({ app: { page, context }, devTools }: Kept, origin: string): Promise<boolean> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  // of the same origin and without a script: what the app puts away as it goes is there by then
  await page.goto(`${origin}/ready`);
  await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await context.clearCookies();
  await devTools.send('Page.resetNavigationHistory');
  return isEmptyNow(page);
}

const isEmptyNow = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    sessionStorage.clear();
    const databases = await indexedDB.databases();
    return localStorage.length + databases.length === 0 && document.cookie === '' && history.length === 1;
  });
