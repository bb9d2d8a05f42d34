import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { chooseAct } from './choose-act.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, openTab, violations } from './open-app.ts';
import { sendLog } from './turn-pages.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.firstDay);
});
afterAll(async () => {
  await browser.close();
  await service.close();
});
beforeEach(() => service.set(situations.firstDay));

const text = 'They all look at me. “Say something!” – I can’t. 🙂\nSecond line, with <b>no</b> markup.';
const situation = (page: Page) => page.getByRole('textbox', { name: 'What was the situation?' });
const startLog = (page: Page) =>
  page
    .getByRole('button', { name: /^Write it down|^Go on writing/ })
    .first()
    .click();
const storage = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));

/** Moves on by Tab until the focused thing has this name, as somebody without a mouse does. */
async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    const focused = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at === document.body) return '';
      const labels =
        at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement
          ? [...(at.labels ?? [])]
          : [];
      const group = at.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
      return [...labels.map((label) => label.textContent), at.textContent, group]
        .filter((words) => words !== null && words !== '')
        .join(' | ');
    });
    if (name.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`nothing named ${name} takes the focus`);
}

const press = async (page: Page, name: RegExp, key = 'Enter'): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press(key);
};

describe('by keyboard alone', () => {
  it('a clinician assigns, the patient logs, the clinician gives feedback, the patient reads and answers', async () => {
    service.set(situations.noPlanYet);
    const clinician = await openApp(browser, service);
    await press(clinician.page, /^Assign a plan/);
    await clinician.page.getByRole('heading', { name: /^Assign “/ }).waitFor();
    await press(clinician.page, /Assign to Sarah Whitfield/);
    await clinician.page.getByRole('heading', { name: 'Speaking up in meetings', exact: true }).waitFor();
    const [assigned] = service.plans();
    expect(assigned?.assignments.map(({ key, businessStatus }) => `${key} ${businessStatus}`)).toEqual([
      '1 assigned',
      '2 locked',
      '3 locked',
      '4a locked',
      '4b locked',
      '4c locked',
    ]);
    await clinician.context.close();

    service.set({ ...situations.firstDay, plans: service.plans() });
    const { page, context } = await openApp(browser, service, { width: 400 });
    await press(page, /^.*Write it down/);
    await situation(page).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await tabTo(page, /What was the situation\? needed/);
    await page.keyboard.type('Monday team meeting');
    await tabTo(page, /Before it began: how strongly/);
    await page.keyboard.press('End');
    await press(page, /^Next: During/);
    await press(page, /^Next: After/);
    await press(page, /Done, send it/);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    const [logged] = service.plans();
    expect(logged?.logs.map(({ status }) => status)).toEqual(['completed']);
    expect(JSON.stringify(logged?.logs)).toContain(
      '"linkId":"belief-before","answers":[{"type":"integer","value":100}]',
    );
    await context.close();

    service.set({ ...situations.noPlanYet, now: '2026-03-02T18:00:00.000Z', plans: service.plans() });
    const again = await openApp(browser, service);
    await press(again.page, /^Plan$/);
    await press(again.page, /^.*Give feedback on step 1/);
    await tabTo(again.page, /What you want to say/);
    await again.page.keyboard.type('You noticed a lot.');
    await press(again.page, /Send to the patient/);
    await again.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(service.plans()[0]?.feedback.map(({ text: said }) => said)).toEqual(['You noticed a lot.']);
    await again.context.close();

    service.set({ ...situations.firstDay, now: '2026-03-02T19:00:00.000Z', plans: service.plans() });
    const reader = await openApp(browser, service, { width: 400 });
    await press(reader.page, /A message from your clinician/);
    await press(reader.page, /^.*Answer/);
    await tabTo(reader.page, /Your answer/);
    await reader.page.keyboard.type('Thank you');
    await press(reader.page, /^.*Send/);
    await expect.poll(() => service.plans()[0]?.feedback.length).toBe(2);
    expect(service.plans()[0]?.feedback[0]?.readAt).toBe('2026-03-02T19:00:00.000Z');
    expect(service.plans()[0]?.feedback[1]).toMatchObject({ author: 'patient', text: 'Thank you' });
    await reader.context.close();
  });

  it('closes a dialog on Escape and gives the focus back', async () => {
    service.set(situations.atTheVisit);
    const { page, context } = await openApp(browser, service);
    await press(page, /^Plan$/);
    await press(page, /^.*Unlock step 4c/);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Unlock step 4c');
    await context.close();
  });
});

describe('no character is lost', () => {
  it('when the sign-in ends in the middle of typing, over signing in again', async () => {
    const { page, context } = await openApp(browser, service, { width: 400 });
    await startLog(page);
    await situation(page).fill(text.slice(0, 20));
    await page.getByText('Saved. You can leave').waitFor();
    service.expire();
    await situation(page).fill(text);
    await page.getByText('Your sign-in has ended', { exact: true }).waitFor();
    expect(await situation(page).inputValue()).toBe(text);
    expect(await storage(page)).not.toContain('look at me');
    await situation(page).press('End');
    await situation(page).press('!');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.waitForURL('**/app');
    await startLog(page);
    await expect.poll(() => situation(page).inputValue()).toBe(`${text}!`);
    await page.getByText('Saved. You can leave').waitFor();
    await sendLog(page);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    expect(service.plans()[0]?.logs.map(({ status, items }) => [status, items[0]?.answers[0]?.value])).toEqual([
      ['completed', `${text}!`],
    ]);
    await context.close();
  });

  it('on a reload without a pause after the last key', async () => {
    const { page, context } = await openApp(browser, service);
    service.hang('/app/v1/drafts');
    await startLog(page);
    await situation(page).pressSequentially('Nobody said a word', { delay: 5 });
    // no hand goes to the key that reloads in less
    await page.keyboard.press('Control', { delay: 150 });
    await page.reload();
    await expect.poll(() => situation(page).inputValue()).toBe('Nobody said a word');
    await context.close();
  });

  it('nor the last move of a slider, when the tab goes away within the pause before saving', async () => {
    const { page, context } = await openApp(browser, service, { width: 400 });
    await startLog(page);
    const slider = page.getByRole('slider', { name: /how strongly did you believe/ });
    await slider.press('End');
    await page.goto('about:blank');
    await expect
      .poll(() => JSON.stringify(service.plans()[0]?.logs ?? []))
      .toContain('"linkId":"belief-before","answers":[{"type":"integer","value":100}]');
    await context.close();
  });

  it('nor what was written just before another page of the app is opened', async () => {
    const { page, context } = await openApp(browser, service, { width: 400 });
    await startLog(page);
    await situation(page).fill('Monday');
    await openTab(page, 'My notes');
    await expect.poll(() => service.plans()[0]?.logs[0]?.items[0]?.answers[0]?.value).toBe('Monday');
    await context.close();
  });

  it('of what was saved and left, in the same tab, without a reload: it is gone on with, as one log', async () => {
    const { page, context } = await openApp(browser, service, { width: 400 });
    await startLog(page);
    await situation(page).fill('Monday');
    await page.getByRole('button', { name: 'Save this part and go on later' }).click();
    await page.getByRole('button', { name: /^Go on writing/ }).click();
    expect(await situation(page).inputValue()).toBe('Monday');
    await situation(page).fill('Monday, in the large room');
    await page.getByText('Saved. You can leave').waitFor();
    for (const tab of ['My notes', 'To do']) await openTab(page, tab);
    await startLog(page);
    expect(await situation(page).inputValue()).toBe('Monday, in the large room');
    await sendLog(page);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    expect(service.plans()[0]?.logs.map(({ status }) => status)).toEqual(['completed']);
    await context.close();
  });

  it('of what could not be saved here, though another device has saved something else since: both are there', async () => {
    const { page, context } = await openApp(browser, service, { width: 400 });
    await startLog(page);
    await situation(page).waitFor();
    const other = await openApp(browser, service);
    await startLog(other.page);
    await situation(other.page).fill('At the meeting');
    await other.page.getByText('Saved. You can leave').waitFor();
    await other.context.close();
    service.refuse('/app/v1/drafts', 503, 'database-unreachable');
    await situation(page).fill('On the train');
    await page.getByRole('status').filter({ hasText: 'Not saved yet; it is tried again.' }).waitFor();
    await page.reload();
    service.mend();
    await page.getByText('You also answered this in another tab or on another device:').waitFor();
    const shown = await page.locator('form').innerText();
    const both = `${await situation(page).inputValue()} ${shown}`;
    expect([both.includes('At the meeting'), both.includes('On the train')]).toEqual([true, true]);
    expect(await violations(page)).toEqual([]);
    const choice = (await situation(page).inputValue()) === 'At the meeting' ? 'Leave it out' : 'Use this one';
    await page.getByRole('button', { name: choice }).first().click();
    expect(await situation(page).inputValue()).toBe('At the meeting');
    await page.getByText('Saved. You can leave').waitFor();
    await sendLog(page);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    expect(service.plans()[0]?.logs.map(({ status, items }) => [status, items[0]?.answers[0]?.value])).toEqual([
      ['completed', 'At the meeting'],
    ]);
    await context.close();
  });

  it('nor the last words before signing out, of which nothing is left on the device', async () => {
    const { page, context } = await openApp(browser, service, { width: 400 });
    await startLog(page);
    await situation(page).fill('Said goodbye at once');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect(service.plans()[0]?.logs[0]?.items[0]?.answers[0]?.value).toBe('Said goodbye at once');
    expect(await page.evaluate(() => sessionStorage.getItem('intersession.drafts'))).toBeNull();
    await context.close();
  });

  it('without a connection, and the service has it soon after the connection is back', async () => {
    const { page, context } = await openApp(browser, service);
    await startLog(page);
    await situation(page).waitFor();
    await context.setOffline(true);
    await situation(page).fill('In the lift, no signal');
    await page.getByRole('status').filter({ hasText: 'No connection: not saved yet.' }).waitFor();
    expect(service.plans()[0]?.logs).toEqual([]);
    await context.setOffline(false);
    await expect
      .poll(() => service.plans()[0]?.logs[0]?.items[0]?.answers[0]?.value, { timeout: 15_000 })
      .toBe('In the lift, no signal');
    await context.close();
  });

  it('of a clinician’s message when the sign-in ends', async () => {
    service.set(situations.atTheVisit);
    const { page, context } = await openApp(browser, service);
    await openTab(page, 'Messages');
    // the page asks of itself, too, and might be the first to meet the end of the sign-in
    await page.waitForLoadState('networkidle');
    service.expire();
    await page.getByLabel('What you want to say').fill('Well done, even so');
    await page.getByRole('button', { name: 'Send to the patient' }).click();
    await page.getByText('Your sign-in has ended').waitFor();
    expect(await page.getByLabel('What you want to say').inputValue()).toBe('Well done, even so');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.waitForURL('**/app');
    await openTab(page, 'Messages');
    await expect.poll(() => page.getByLabel('What you want to say').inputValue()).toBe('Well done, even so');
    await context.close();
  });
});

describe('a prediction', () => {
  it('is at the service before its outcome is, and stays as it is from then on', async () => {
    service.set(situations.experimentDue);
    const { page, context } = await openApp(browser, service, { width: 400 });
    await page.getByRole('button', { name: /Write it down.*Tell one colleague/ }).click();
    const prediction = page.getByRole('textbox', { name: /What exactly do you think will happen/ });
    await prediction.fill('She will think it’s foolish');
    await page.getByRole('slider', { name: /How likely is it/ }).press('End');
    // no pause: the outcome comes right after
    await page.getByRole('button', { name: 'Next: Afterwards' }).click();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await page.goBack();
    await page.getByText('You wrote this before.').first().waitFor();
    expect(await prediction.count()).toBe(0);
    await page.getByText('Saved. You can leave').waitFor();
    const draft = () => service.plans()[0]?.logs.at(-1);
    expect(draft()?.predicted?.linkIds).toEqual(['prediction', 'prediction-likelihood']);
    await page.reload();
    await page.getByText('She will think it’s foolish').waitFor();
    expect(await prediction.count()).toBe(0);
    await context.close();
  });
});

describe('two tabs', () => {
  it('with two patients each keep to their own, after a reload too', async () => {
    service.set({
      ...situations.atTheVisit,
      patients: [
        { id: 'sarah', name: 'Sarah Whitfield' },
        { id: 'daniel', name: 'Daniel Brandt' },
      ],
    });
    const { page, context } = await openApp(browser, service);
    const other = await context.newPage();
    await other.goto(service.launchUrlFor('daniel'));
    await other.getByRole('heading', { name: 'No homework yet for Daniel Brandt' }).waitFor();
    await openTab(page, 'Messages');
    await page.getByLabel('What you want to say').fill('for Sarah only');
    // what is written before its key has come stands in the page alone
    await expect.poll(() => page.evaluate(() => localStorage.getItem('intersession.unsent'))).toBe('1');
    await Promise.all([page.reload(), other.reload()]);
    await other.getByRole('heading', { name: 'No homework yet for Daniel Brandt' }).waitFor();
    await page.getByText('Lighter than I thought').waitFor();
    expect(await page.getByLabel('What you want to say').inputValue()).toBe('for Sarah only');
    expect(await other.content()).not.toContain('Whitfield');
    expect(await page.content()).not.toContain('Brandt');
    expect(await other.evaluate(() => sessionStorage.getItem('intersession.drafts'))).toBeNull();
    await context.close();
  });

  it('a tab that names another launch is told so and shown nothing', async () => {
    const { page, context } = await openApp(browser, service);
    await page.evaluate(() => {
      const kept = JSON.parse(sessionStorage.getItem('intersession.session') ?? '{}');
      sessionStorage.setItem(
        'intersession.session',
        JSON.stringify({ ...kept, launchId: 'launch-of-another-patient' }),
      );
    });
    await page.reload();
    await page.getByRole('heading', { name: 'This tab belongs to another chart' }).waitFor();
    expect(await page.content()).not.toContain('Sarah');
    await context.close();
  });
});

describe('what is left behind', () => {
  it('is nothing of anyone after signing out', async () => {
    const { page, context } = await openApp(browser, service);
    await startLog(page);
    await situation(page).fill('my secret');
    await page.getByText('Saved. You can leave').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    const left = await storage(page);
    expect(left).not.toMatch(/session-|launch-|intersession\.(tab|drafts|session)|Sarah|sarah|secret/);
    expect(await page.content()).not.toContain('Sarah');
    expect(service.calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/smart/session' });
    await page.goto(`${service.origin}/app`);
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await context.close();
  });

  it('is no name and no id of a person in any address or in clear text in storage while signed in', async () => {
    const { page, context } = await openApp(browser, service);
    const seen: string[] = [];
    page.on('framenavigated', (frame) => seen.push(frame.url()));
    await startLog(page);
    await situation(page).fill('They will laugh');
    await page.getByText('Saved. You can leave').waitFor();
    await openTab(page, 'My notes');
    await openTab(page, 'Messages');
    expect(await storage(page)).not.toMatch(/Whitfield|1991-05|They will laugh/);
    expect([...seen, page.url()].join(' ')).not.toMatch(/code=|sarah|Whitfield/i);
    expect(service.calls.map(({ path }) => path).join(' ')).not.toMatch(/sarah|Whitfield/i);
    await context.close();
  });
});

describe('going back', () => {
  it('leads through the pages that were open, and not to the sign-in', async () => {
    const { page, context } = await openApp(browser, service);
    await page.getByRole('button', { name: /^What and why/ }).click();
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Hello Sarah' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await context.close();
  });

  it('an answer of the EHR that was used before is refused in plain words', async () => {
    const { page, context } = await openApp(browser, service);
    await page.goto(`${service.origin}/callback?code=code-1&state=state-0`);
    await page.getByRole('heading', { name: 'This sign-in was already used, or is too old' }).waitFor();
    expect(page.url()).toBe(`${service.origin}/callback`);
    await context.close();
  });
});

describe('a clinician’s decisions', () => {
  beforeEach(() => service.set(situations.atTheVisit));

  it('withdrawing asks for a reason and can be undone', async () => {
    const { page, context } = await openApp(browser, service);
    await openTab(page, 'Plan');
    await chooseAct(page, 'Withdraw', 'step 4c');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    await dialog.getByText('Please give a reason').waitFor();
    await dialog.getByLabel('Why?').fill('Too big for now');
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('Step 4c is withdrawn.').waitFor();
    expect(service.plans()[0]?.assignments.at(-1)?.businessStatus).toBe('withdrawn');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => service.plans()[0]?.assignments.at(-1)?.businessStatus).toBe('locked');
    await context.close();
  });

  it('talking a barrier over takes it off what needs care', async () => {
    const { page, context } = await openApp(browser, service);
    await page.getByText('In the way of step 4b:').waitFor();
    await page.getByRole('button', { name: 'Talked over' }).click();
    await page.getByRole('button', { name: 'Talked over', exact: true }).waitFor({ state: 'detached' });
    expect(service.plans()[0]?.barriers[0]?.talkedOverAt).toBe(situations.atTheVisit.now);
    await context.close();
  });

  it('a note that changed while it was read is not filed: the new one is shown, to be read again', async () => {
    const { page, context } = await openApp(browser, service);
    await openTab(page, 'In the chart');
    await page.getByRole('button', { name: 'Read the note' }).click();
    await page.locator('pre.report').getByText('not talked over yet').waitFor();
    const other = await openApp(browser, service);
    await other.page.getByRole('button', { name: 'Talked over' }).click();
    await other.page.getByRole('button', { name: 'Talked over', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign and file' }).click();
    await page.getByText('Something has changed since you read this note').waitFor();
    expect(await page.locator('pre.report').innerText()).not.toContain('not talked over yet');
    expect(service.plans()[0]?.reports).toEqual([]);
    expect(await violations(page)).toEqual([]);
    if (process.env.SHOT !== undefined) await page.screenshot({ path: process.env.SHOT, fullPage: true });
    await page.getByRole('button', { name: 'File as a draft' }).click();
    await page.getByText('The draft is filed').waitFor();
    expect(service.plans()[0]?.reports[0]).not.toHaveProperty('signedBy');
    await other.context.close();
    await context.close();
  });

  it('the note is filed as it was read', async () => {
    const { page, context } = await openApp(browser, service);
    await openTab(page, 'In the chart');
    await page.getByRole('button', { name: 'Read the note' }).click();
    const read = await page.locator('pre').innerText();
    await page.getByRole('button', { name: 'Sign and file' }).click();
    await page.getByText('The note is signed and filed').waitFor();
    const marker = /\[IS:[^\]]+\]$/;
    const report = service.plans()[0]?.reports[0];
    // the page has whole lines where the text is wrapped at 80 columns
    const words = (text: string) => text.trim().split(/\s+/);
    expect(words(read).length).toBeGreaterThan(100);
    expect(words(report?.text.replace(marker, '') ?? '')).toEqual(words(read));
    expect(report?.signedBy).toBe(report?.author);
    await context.close();
  });
});

describe('a page that is fetched when it is wanted', () => {
  it.each([
    {
      page: 'done-page',
      at: situations.firstDay,
      go: (page: Page) => openTab(page, 'My notes'),
      heading: 'My notes',
    },
    {
      page: 'step-page',
      at: situations.firstDay,
      go: (page: Page) =>
        page
          .getByRole('button', { name: /^What and why/ })
          .first()
          .click(),
      heading: 'Notice what happens in three meetings',
    },
    {
      page: 'assign-page',
      at: situations.noPlanYet,
      go: (page: Page) => page.getByRole('button', { name: 'Assign a plan' }).click(),
      heading: /^Assign “/,
    },
  ])('says so where $page can’t be, and opens once it can', async ({ page: name, at, go, heading }) => {
    service.set(at);
    const { page, context, complaints } = await openApp(browser, service, { width: 400 });
    const chunk = `**/assets/${name}-*.js`;
    await page.route(chunk, (route) => route.abort('internetdisconnected'));
    await page.reload();
    await page.locator('main:not([aria-busy]) h1').waitFor();
    await go(page);
    const told = page.getByRole('heading', { name: 'This page could not be opened' });
    await told.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await told.waitFor();
    await page.unroute(chunk);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
