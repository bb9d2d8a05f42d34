import type { Page } from 'playwright-core';

const next = /^Next: /;

/** Goes on in a form of several pages until a question of this name is there. */
export async function turnTo(page: Page, name: string | RegExp): Promise<void> {
  const question = page.getByRole('group', { name }).or(page.getByRole('radiogroup', { name }));
  const input = question.or(page.getByRole('textbox', { name })).or(page.getByRole('slider', { name })).first();
  while (!(await input.isVisible())) await turn(page);
}

/** Goes on to the last page of a form, where it is sent. */
export async function turnToEnd(page: Page): Promise<void> {
  await page.locator('form.log-form').waitFor();
  while (await page.getByRole('button', { name: next }).isVisible()) await turn(page);
}

async function turn(page: Page): Promise<void> {
  const before = await page.locator('#form-page').innerText();
  await page.getByRole('button', { name: next }).click();
  await page.waitForFunction((shown) => document.getElementById('form-page')?.innerText !== shown, before);
}

/** Sends a log from wherever in its form one is. */
export async function sendLog(page: Page): Promise<void> {
  await turnToEnd(page);
  await page.getByRole('button', { name: 'Done, send it' }).click();
}
