import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, violations } from './open-app.ts';

/** What a real browser keeps of what was typed without a connection, when the tab is closed. */
let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  [browser, service] = [await launchChromium(), await openFakeService(situations.firstDay)];
});
beforeEach(() => service.set(situations.firstDay));
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** For whoever wants to look: SHOT_DIR names a folder. */
const shoot = async (page: Page, name: string) => {
  const folder = process.env.SHOT_DIR;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const write = async (page: Page, text: string) => {
  await page
    .getByRole('button', { name: /Write it down|Go on writing/ })
    .first()
    .click();
  await page.locator('#q-situation').fill(text);
};

describe('a question that was answered on two devices', () => {
  it.each([
    [320, 'light'],
    [1200, 'dark'],
  ] as const)('shows both answers at %i px, %s, with nothing that axe finds', async (width, theme) => {
    const phone = await openApp(browser, service, { width: 400 });
    const other = await openApp(browser, service, { width, theme });
    await write(phone.page, `${'a'.repeat(240)} سيضحكون`);
    await phone.page.getByText('Saved. You can leave and come back.').waitFor();
    await write(other.page, 'At my desk');
    await other.page.getByText('You also answered this in another tab or on another device').waitFor();
    await shoot(other.page, `two-answers-${width}`);
    expect(await violations(other.page)).toEqual([]);
    const tooWide = () =>
      [...document.querySelectorAll('.two-answers, .two-answers *')]
        .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map((element) => `${element.tagName}.${element.className}`);
    expect(await other.page.evaluate(tooWide)).toEqual([]);
    expect([...phone.complaints, ...other.complaints]).toEqual([]);
    await Promise.all([phone.context.close(), other.context.close()]);
  });
});

describe('what is typed without a connection', () => {
  it('is there in another tab after its own was closed, says so beside the field, and is gone after signing out', async () => {
    const context = await browser.newContext();
    const first = await context.newPage();
    await first.goto(service.launchUrl);
    await first
      .getByRole('button', { name: /Write it down/ })
      .first()
      .click();
    await first.locator('#q-situation').waitFor();
    service.refuse('/app/v1/drafts', 503, 'database-unreachable');
    await first.locator('#q-situation').fill('In the corridor');
    await first.locator('.not-saved-here').getByText('Kept on this device, encrypted, for 7 days').waitFor();
    await shoot(first, 'not-saved');
    await first.close({ runBeforeUnload: false });

    const second = await context.newPage();
    await second.goto(service.launchUrl);
    await second.getByText('What you wrote on this device is not saved yet.').waitFor();
    service.mend();
    await second
      .getByRole('button', { name: /Go on writing/ })
      .first()
      .click();
    await expect.poll(() => second.locator('#q-situation').inputValue()).toBe('In the corridor');
    await second.getByText('Saved. You can leave and come back.').waitFor();
    expect(service.plans()[0]?.logs).toHaveLength(1);

    service.refuse('/app/v1/drafts', 503, 'database-unreachable');
    await second.locator('#q-situation').fill('In the corridor, alone');
    await second.locator('.not-saved-here').getByText('Kept on this device').waitFor();
    const kept = () => second.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(await kept()).toEqual(['intersession']);
    const signOut = second.getByRole('button', { name: 'Sign out', exact: true });
    await signOut.click();
    const question = second.getByRole('dialog', { name: 'Sign out and lose what was not sent?' });
    await question.waitFor();
    await shoot(second, 'sign-out-unsent');
    await second.keyboard.press('Escape');
    await expect.poll(() => question.count()).toBe(0);
    expect(await second.locator('#q-situation').inputValue()).toBe('In the corridor, alone');
    expect(await kept()).toEqual(['intersession']);

    // a third tab of the same person goes with it
    const third = await context.newPage();
    await third.goto(service.launchUrl);
    await third.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
    await third.waitForLoadState('networkidle');
    await signOut.click();
    await second.getByRole('button', { name: 'Sign out and delete it' }).click();
    await second.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await third.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await second.reload();
    await second.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await expect.poll(kept).toEqual([]);
    await context.close();
  });
});
