import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answerAll as answer, realLog, required, saved, thanked } from './real-log.ts';
import { turnToEnd } from './turn-pages.ts';

/** One log in two tabs of one browser, at the real service, whose sandbox clock stands still. */
const { openLog, openChart } = realLog();
const answerAll = (page: Page) => answer(page, required);

const situation = (page: Page) => page.locator('#q-situation');
const send = (page: Page) => page.getByRole('button', { name: 'Done, send it' }).click();
const back = async (page: Page) => {
  while (!(await situation(page).isVisible())) await page.locator('#form-back').click();
};
/** While homework is on its way to the chart, a page asks for it again by itself; here it gets no answer until it is told to. */
async function holdHomework(page: Page): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/app/v1/patient', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
/** How often a page asks for all of the patient's homework from now on. */
function countAsked(page: Page): () => number {
  let asked = 0;
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().endsWith('/app/v1/patient')) asked += 1;
  });
  return () => asked;
}
describe('a log in two tabs', () => {
  it('shows what came when its sending was refused, asks no more than it must, and is sent by the next press', async () => {
    const a = await openLog();
    await situation(a).fill('At lunch');
    await answerAll(a);
    await saved(a);
    // what B writes is not to stand in A's field before A writes there
    const release = await holdHomework(a);
    const b = await openLog();
    await back(a);
    await back(b);
    await situation(b).fill('B: two people');
    await saved(b);
    await situation(a).fill('A: at my desk');
    await a.getByRole('button', { name: 'Put it below mine' }).click();
    await saved(a);
    release();
    await turnToEnd(a);
    await situation(b).fill('B: two people, more words');
    await b.getByText('You also answered this').waitFor();
    await saved(b);

    const asked = countAsked(a);
    await send(a);
    await a.locator('#form-issues').getByText('You gave two answers to this.').waitFor();
    expect(await a.locator('.other-words').innerText()).toBe('B: two people, more words');
    await a.getByRole('button', { name: 'Leave it out' }).click();
    await saved(a);
    await turnToEnd(a);
    await send(a);
    await thanked(a);
    expect(asked()).toBeLessThan(4);
  });
});

describe('a time that is still to come', () => {
  it('is told at its field at once, keeps nothing else from being saved, and is named as what is not', async () => {
    const page = await openLog();
    const when = page.locator('#performed-at');
    await situation(page).fill('At lunch');
    await when.fill('2026-03-10T12:00');
    await page.getByText('This time is still to come. Put when it was, or leave it empty.').waitFor();
    expect(await when.getAttribute('aria-invalid')).toBe('true');
    await page.getByText(/Saved, all but “When was it\?”/).waitFor();
    await page.locator('#form-next').click();
    await page.locator('#form-issues').getByRole('link', { name: 'When was it?' }).click();
    expect(await when.evaluate((field) => field === document.activeElement)).toBe(true);
    await situation(page).fill('At lunch, two people');
    await page.getByText(/Saved, all but “When was it\?”/).waitFor();
    const other = await openLog();
    await back(other);
    expect(await situation(other).inputValue()).toBe('At lunch, two people');
    expect(await other.locator('#performed-at').inputValue()).toBe('');
    await other.close();
    await when.fill('2026-03-02T08:00');
    await saved(page);
    await answerAll(page);
    await turnToEnd(page);
    await send(page);
    await thanked(page);
  });

  it('or before the plan, which only the service knows, is no other', async () => {
    const page = await openLog();
    await situation(page).fill('At lunch');
    await page.locator('#performed-at').fill('2026-02-10T12:00');
    await page.getByText('This is before the plan starts.').waitFor();
    await page.getByText(/Saved, all but “When was it\?”/).waitFor();
    await page.locator('#performed-at').fill('');
    await saved(page);
  });
});

describe('words that were written without a connection', () => {
  it('are one’s own when their tab is closed and opened again, and nobody else’s', async () => {
    const page = await openLog();
    await situation(page).fill('At lunch');
    await saved(page);
    await page.route('**/app/v1/**', (route) => route.abort());
    await situation(page).fill('At lunch, offline');
    await page.locator('.not-saved-here').getByText('Kept on this device').waitFor();
    await page.close();
    const again = await openLog();
    await back(again);
    await expect.poll(() => situation(again).inputValue()).toBe('At lunch, offline');
    await saved(again);
    expect(await again.locator('.saved').innerText()).toBe('Saved. You can leave and come back.');
  });
});

describe('a clinician’s note', () => {
  it('that was begun says so after another page, goes on as it was, and is told of as it stands', async () => {
    const page = await openLog();
    await situation(page).fill('At lunch');
    await answerAll(page);
    await turnToEnd(page);
    await send(page);
    await thanked(page);
    const chart = await openChart();
    const tab = (name: string) => chart.getByRole('navigation').getByRole('button', { name, exact: true }).click();
    await tab('In the chart');
    await chart.getByRole('button', { name: 'Read the note' }).click();
    await chart.getByRole('button', { name: 'Write in it' }).click();
    await chart.locator('.note-editor textarea').first().fill('Braver than her figures.');
    await tab('Plan');
    await tab('In the chart');
    await chart.getByText('You began to write in a note').waitFor();
    await chart.getByRole('button', { name: 'Go on with it' }).click();
    await expect
      .poll(() => chart.locator('.note-editor textarea').first().inputValue())
      .toBe('Braver than her figures.');
    await chart.getByRole('button', { name: 'Read it as it will be filed' }).click();
    await chart.getByRole('button', { name: 'Sign and file' }).click();
    const said = chart.locator('.said');
    await said.getByText('The note is signed and filed.').waitFor();
    await said.getByText('It is in the chart.').waitFor({ timeout: 30_000 });
    expect(await said.innerText()).not.toContain('on its way');
    expect(await chart.getByText('You began to write in a note').isVisible()).toBe(false);
  });
});
