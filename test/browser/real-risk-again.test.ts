import type { Flag } from 'fhir/r4';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readEhr } from '../oracle/read-ehr.ts';
import { answerAll as answer, realLog, required, saved, thanked } from './real-log.ts';
import { setClock } from './real-visit.ts';
import { turnToEnd } from './turn-pages.ts';

/** A risk answer that is given, taken back and given again, with a clinician who closes its signal between. */
const { house, openLog, openChart } = realLog();
const answerAll = (page: Page) => answer(page, [['situation', 'x'], ...required]);

const risk = async (page: Page, answer: 'Yes' | 'No') => {
  const question = page.getByRole('radiogroup', { name: /thoughts of harming yourself/ });
  while (!(await question.isVisible())) await page.locator('#form-next').click();
  await question.getByRole('radio', { name: answer }).check();
};
const banner = (page: Page) => page.locator('section.safety');
async function closeSignal(): Promise<void> {
  const page = await openChart();
  await banner(page).waitFor();
  await page
    .getByRole('button', { name: /^Close with a reason/ })
    .first()
    .click();
  await page.getByRole('textbox').fill('Talked on the phone');
  await page.getByRole('button', { name: 'Close the signal' }).click();
  await banner(page).waitFor({ state: 'detached' });
  await page.close();
}
const send = async (page: Page) => {
  await turnToEnd(page);
  await page.getByRole('button', { name: 'Done, send it' }).click();
  await thanked(page);
};
const told = (page: Page) => page.getByText('Your care team has been told,').waitFor();
const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'You don’t have to carry this alone' });
/** The clinician's page has a signal, and the EHR an active flag; then it is closed. */
async function expectOpen(): Promise<void> {
  const chart = await openChart();
  await banner(chart).getByText('A safety signal is open').waitFor();
  await chart.close();
  const ehr = await readEhr(`${house().ehr}/fhir/native`, house().dataDir);
  const active = async () =>
    (await ehr.search<Flag>('Flag', { patient: 'Patient/sarah' })).filter(({ status }) => status === 'active').length;
  await expect.poll(active, { timeout: 20_000 }).toBe(1);
}

describe('a risk answer that is given again after its signal was closed', () => {
  it.each([
    ['stands', '2026-03-02T15:00:00.000Z', '2026-03-02T15:00:00.000Z'],
    ['goes on', '2026-03-02T16:00:00.000Z', '2026-03-02T17:00:00.000Z'],
  ])('is told anew, and the page says what is so, while the clock %s', async (_how, first, second) => {
    await setClock(house(), first);
    const page = await openLog();
    await answerAll(page);
    await risk(page, 'Yes');
    await told(page);
    await risk(page, 'No');
    await saved(page);
    await closeSignal();
    await setClock(house(), second);
    await risk(page, 'Yes');
    await told(page);
    await expectOpen();
    await send(page);
    await told(page);
    await closeSignal();
  });

  it('is told again by sending what was saved before the closing', async () => {
    const page = await openLog();
    await answerAll(page);
    await risk(page, 'Yes');
    await told(page);
    await closeSignal();
    await page.close();
    const again = await openLog();
    await risk(again, 'Yes');
    await notice(again).getByText('is told again when you send this').waitFor();
    await send(again);
    await told(again);
    await expectOpen();
    await closeSignal();
  });

  it('is told again where it was taken back and given between two savings, without a connection', async () => {
    const page = await openLog();
    await answerAll(page);
    await risk(page, 'Yes');
    await told(page);
    await page.route('**/app/v1/drafts/**', (route) => route.abort());
    await risk(page, 'No');
    await risk(page, 'Yes');
    await notice(page).getByText('as soon as this is saved').waitFor();
    await closeSignal();
    await page.unroute('**/app/v1/drafts/**');
    await page.evaluate(() => window.dispatchEvent(new Event('offline')));
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await told(page);
    await expectOpen();
    await send(page);
    await told(page);
    await closeSignal();
    // put right: what is not touched is nothing new, what is given again is
    await page.getByRole('button', { name: 'My notes' }).click();
    await page
      .getByRole('button', { name: /^Put it right|^Put right/ })
      .first()
      .click();
    await page.locator('form.log-form').waitFor();
    await risk(page, 'Yes');
    await notice(page).getByText('Your care team was told when you said so first. If it is so again').waitFor();
    await risk(page, 'No');
    await risk(page, 'Yes');
    await notice(page).getByText('as soon as this is saved').waitFor();
    await page.getByRole('button', { name: 'Save the correction' }).click();
    await page.getByRole('heading', { name: 'My notes', level: 1 }).waitFor();
    await expectOpen();
    await closeSignal();
  });

  it('comes to a clinician’s page that was left open, and their message to the patient’s, without a reload', async () => {
    const chart = await openChart();
    await chart.getByText('What needs care').waitFor();
    const page = await openLog();
    await answerAll(page);
    await risk(page, 'Yes');
    await told(page);
    await chart.getByRole('navigation').getByRole('button', { name: 'Plan', exact: true }).click();
    await banner(chart).waitFor();
    await chart.getByRole('alert').getByText('A safety signal has come').waitFor();
    await chart.getByRole('button', { name: 'Look at it' }).click();
    await send(page);
    await chart.getByRole('navigation').getByRole('button', { name: 'Messages', exact: true }).click();
    await chart.getByRole('textbox').first().fill('I will call you at five.');
    await chart.getByRole('button', { name: /^Send/ }).first().click();
    await page.getByRole('button', { name: /^Messages/ }).click();
    await page.getByText('I will call you at five.').waitFor();
    await chart.close();
    await closeSignal();
  });
});
