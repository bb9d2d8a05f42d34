import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchProblemWords, problemCodes } from '../../smart-app/src/words/launch-problem-words.ts';
import { type FakeService, openFakeService, type Situation } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { chooseAct, more, openAllSteps } from './choose-act.ts';
import { launchChromium, pagePatience } from './launch-chromium.ts';
import { openApp, openTab } from './open-app.ts';
import { bothThemes, expectWellShown } from './view-states.ts';

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

async function openBare() {
  const context = await browser.newContext({ viewport: { width: 400, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(pagePatience);
  return { page, context };
}

describe('in both themes, accessible and fitting', () => {
  it.each(['/', '/app', '/launch', '/callback'])('the page at %s without a chart', async (path) => {
    service.set(situations.firstDay);
    const { page, context } = await openBare();
    await page.goto(`${service.origin}${path}`);
    await page.locator('main:not([aria-busy]) h1').waitFor();
    await expectWellShown(page);
    await context.close();
  });

  it('the page of every problem that a launch can end with, which names nobody', async () => {
    service.set(situations.firstDay);
    const { page, context } = await openBare();
    /** What is built alike and differs in its words alone is looked through once; that it fits, each time. */
    const built = new Set<string>();
    for (const code of [...problemCodes, 'of-tomorrow']) {
      service.refuse('/smart/callback', 422, code);
      await page.goto(service.launchUrl);
      const { title, what, todo } = launchProblemWords(code);
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
      for (const words of [what, todo]) expect(await page.locator('main').innerText(), code).toContain(words);
      expect(await page.content(), code).not.toMatch(/sarah|whitfield|okafor/i);
      const shape = await page.evaluate(() =>
        [...document.querySelectorAll('body *')].map(({ tagName, className }) => `${tagName} ${className}`).join('\n'),
      );
      if (!built.has(shape)) await expectWellShown(page, bothThemes, code);
      else expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), code).toBe(0);
      built.add(shape);
      service.mend();
    }
    await context.close();
  });

  it('every dialog over a plan', async () => {
    service.set({ ...situations.atTheVisit, now: '2026-03-23T20:00:00.000Z', plans: situations.opinionDue.plans });
    const { page, context } = await openApp(browser, service);
    await openTab(page, 'Plan');
    const acts =
      /^(Unlock|Lock again|Excuse|Pause|Accept as done|Withdraw|Note a barrier|Give feedback|Close this plan)/;
    await openAllSteps(page);
    const openers = await page.getByRole('button', { name: /^More for/ }).allInnerTexts();
    const kinds = new Map<string, string>();
    for (const opener of openers) {
      const of = opener.replace(/^More\s+for /, '');
      await more(page, of).click();
      for (const words of await page.getByRole('menuitem').allInnerTexts()) {
        const kind = acts.exec(words)?.[0];
        if (kind !== undefined && !kinds.has(kind)) kinds.set(kind, of);
      }
      await page.keyboard.press('Escape');
    }
    for (const name of await page.getByRole('button', { name: acts }).allInnerTexts()) {
      const [kind = '', of] = name.split(/\s+(?:on |to )?(?=step)/);
      kinds.set(kind.trim(), of?.trim() ?? 'this plan');
    }
    expect([...kinds.keys()].sort()).toEqual(
      [
        'Close this plan',
        'Excuse',
        'Give feedback',
        'Lock again',
        'Note a barrier',
        'Pause',
        'Unlock',
        'Withdraw',
      ].sort(),
    );
    // accepting as done has the form of pausing, and needs a step with a log that is not enough
    for (const [kind, of] of kinds) {
      await chooseAct(page, kind, of);
      await page.getByRole('dialog').waitFor();
      await expectWellShown(page, bothThemes, kind);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await context.close();
  });
});

it('fits from 400 to 1400 px, with the tables of the list turned into cards', async () => {
  service.set(situations.coordinator);
  const { page, context } = await openApp(browser, service, { width: 400 });
  for (const width of [400, 560, 768, 1000, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  await context.close();
});

it.each<[string, Situation, string, string, readonly string[]]>([
  ['clinician', situations.atTheVisit, 'What needs care', 'GET /app/v1/patient', []],
  ['patient', situations.firstDay, 'Hello Sarah', 'GET /app/v1/patient', []],
  // when they are next expected the EHR is asked behind the list: the names stand there without it
  [
    'coordinator',
    situations.coordinator,
    'Daniel Brandt',
    'GET /app/v1/roster?sort=urgency',
    ['/app/v1/roster/visits'],
  ],
])(
  'a %s needs one answer after the sign-in for what is useful first',
  async (_who, situation, useful, call, behind) => {
    service.set(situation);
    for (const path of behind) service.hang(path);
    const { page, context } = await openApp(browser, service);
    await page.getByText(useful).first().waitFor();
    const afterSignIn = service.calls.filter(({ path }) => path.startsWith('/app/v1/') && !behind.includes(path));
    expect(afterSignIn.map(({ method, path }) => `${method} ${path}`)).toEqual([call]);
    await context.close();
  },
);
