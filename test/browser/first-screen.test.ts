import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService, type Situation } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp } from './open-app.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface Asked {
  readonly service: FakeService;
  readonly page: Page;
  /** `GET /app/v1/patient`, in the order in which it was asked, once the first screen stands. */
  readonly calls: readonly string[];
  readonly files: readonly string[];
}

/** Opens the app, then once more in the same tab, and tells what the second time asked for until the first screen stood. */
async function reopen(situation: Situation): Promise<Asked> {
  const service = await openFakeService(situation);
  const { page } = await openApp(browser, service, { width: 400 });
  const [calls, files]: [string[], string[]] = [[], []];
  page.on('request', (request) => {
    const { pathname, origin } = new URL(request.url());
    if (origin !== service.origin) return;
    if (pathname.startsWith('/assets/')) files.push(pathname);
    else if (request.resourceType() === 'fetch') calls.push(`${request.method()} ${pathname}`);
  });
  await page.reload({ waitUntil: 'commit' });
  await page.locator('main:not([aria-busy]) h1').waitFor();
  return { service, page, calls: [...calls], files: [...files] };
}

describe('until the first screen stands', () => {
  it.each([
    ['a patient', situations.firstDay, ['GET /app/v1/patient'], 'patient-view'],
    ['a clinician', situations.atTheVisit, ['GET /app/v1/patient'], 'clinician-view'],
  ] as const)('%s’s app waits for one answer', async (_who, situation, wanted, view) => {
    const { service, page, calls, files } = await reopen(situation);
    // beside it, and not waited for: who is signed in, which no browser keeps
    expect(calls.filter((call) => call !== 'GET /app/v1/own-name')).toEqual(wanted);
    expect(calls.length).toBeLessThanOrEqual(2);
    expect(files.filter((file) => file.includes(view) && file.endsWith('.js'))).toHaveLength(1);
    // each file once: what is fetched early is what the app uses
    expect(new Set(files).size).toBe(files.length);
    await page.context().close();
    await service.close();
  });

  it.each([
    ['a coordinator', situations.coordinator],
    ['who looks after the connection', situations.connection],
  ])('%s waits for no more than two answers, one after the other', async (_who, situation) => {
    const service = await openFakeService(situation);
    const { page } = await openApp(browser, service);
    const [sent, answered]: [number[], number[]] = [[], []];
    const isCall = (url: string) => new URL(url).pathname.startsWith('/app/v1/');
    page.on('request', (request) => void (isCall(request.url()) && sent.push(answered.length)));
    page.on('response', (response) => void (isCall(response.url()) && answered.push(1)));
    await page.reload({ waitUntil: 'commit' });
    await page.locator('main:not([aria-busy]) h1').waitFor();
    // the number of questions that were sent only when an answer had come is the number of turns but one
    expect(new Set(sent).size).toBeLessThanOrEqual(2);
    await page.context().close();
    await service.close();
  });

  it('the question is asked while the app’s own script is still coming', async () => {
    const service = await openFakeService(situations.firstDay);
    const { page } = await openApp(browser, service, { width: 400 });
    const answers: (() => void)[] = [];
    await page.route('**/assets/index-*.js', async (route) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      await route.continue();
    });
    const asked = page.waitForRequest('**/app/v1/patient');
    const view = page.waitForRequest('**/assets/patient-view-*.js');
    await page.reload({ waitUntil: 'commit' });
    await Promise.all([asked, view]);
    expect(answers).toHaveLength(1);
    for (const answer of answers) answer();
    await page.locator('main:not([aria-busy]) h1').waitFor();
    await page.context().close();
    await service.close();
  });

  it('of somebody who is not signed in nothing is asked', async () => {
    const service = await openFakeService(situations.firstDay);
    const page = await browser.newPage();
    const calls: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'fetch') calls.push(request.url());
    });
    await page.goto(`${service.origin}/app`);
    await page.getByRole('heading', { name: 'This page was opened without a chart' }).waitFor();
    expect(calls).toEqual([]);
    await page.context().close();
    await service.close();
  });
});
