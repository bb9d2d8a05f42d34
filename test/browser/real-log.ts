import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type House, openHouse } from '../start/open-house.ts';
import { patience } from '../start/run-process.ts';
import { launchChromium } from './launch-chromium.ts';
import { openVisit, orderLaunch, setClock, type Visit } from './real-visit.ts';

/** Sarah's log in one browser at the real service, and her clinician's chart in another tab. */
export interface RealLog {
  house(): House;
  /** A tab of hers in which the log of her first step is written on, begun where it is not. */
  openLog(): Promise<Page>;
  /** A tab of her clinician's, with her chart. */
  openChart(): Promise<Page>;
}

/** For each test a new plan of hers and a new browser, whose pages must not complain; the sandbox clock stands still. */
export function realLog(): RealLog {
  let house: House;
  let browser: Browser;
  let visit: Visit;
  let plans = 0;
  beforeAll(async () => {
    const launching = launchChromium();
    house = await openHouse();
    browser = await launching;
    await setClock(house, '2026-03-02T14:00:00.000Z');
  }, patience);
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });
  beforeEach(async () => {
    plans += 1;
    const { status } = await house.api('sandbox').request('POST', '/api/v1/plans', {
      sourceId: `plan-${plans}`,
      patientId: 'sarah',
      libraryPlan: 'social-anxiety-speaking-up|1.0.0',
      author: 'Practitioner/dr-okafor',
      period: { start: '2026-03-02', end: '2026-04-20' },
    });
    expect(status).toBe(201);
    visit = await openVisit(browser, 360);
  });
  afterEach(async () => {
    await visit.context.close();
    expect(visit.complaints).toEqual([]);
  });

  const launch = async (user: string): Promise<Page> => {
    const { launchUrl } = await orderLaunch(house, { user, patient: 'sarah' });
    return visit.open(launchUrl);
  };
  return {
    house: () => house,
    async openLog() {
      const page = await launch('Patient/sarah');
      await page
        .getByRole('button', { name: /^Write it down|^Go on writing/ })
        .first()
        .click();
      await page.locator('form.log-form').waitFor();
      return page;
    },
    async openChart() {
      const page = await launch('Practitioner/dr-okafor');
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  };
}

/** All that has to be answered in a log but its first question and that about risk, page by page. */
export const required: readonly (readonly [linkId: string, value: string])[] = [
  ['belief-before', '80'],
  ['suds-peak', '70'],
  ['belief-after', '60'],
];

/** Fills in answers in the order of the form, turning its pages. */
export async function answerAll(page: Page, answers: typeof required): Promise<void> {
  for (const [linkId, value] of answers) {
    const input = page.locator(`#q-${linkId}`);
    while (!(await input.isVisible())) await page.locator('#form-next').click();
    await input.fill(value);
  }
}

/** What was written is kept by the service. */
export const saved = (page: Page): Promise<void> => page.getByText('Saved. You can leave and come back.').waitFor();
/** The log was sent. */
export const thanked = (page: Page): Promise<void> => page.getByText('It’s written down.').waitFor();
