import type { Locator, Page } from 'playwright-core';

type Place = Pick<Page, 'getByRole' | 'locator'>;

/**
 * Chooses something that can be done with a step, or with the plan, as a person does: by its button, or in the menu *More*; of a step
 * that is folded away after opening it.
 * @param of `step 4c`, or `this plan`
 */
export async function chooseAct(page: Place, words: string, of: string): Promise<void> {
  const name = new RegExp(`^${words}(?: (?:on |to |for |before )?${of})?$`);
  const folded = page.locator('.rung-fold:not([open]) > summary').filter({ hasText: new RegExp(`^${of}:`, 'i') });
  if (await folded.isVisible()) await folded.click();
  const button = page.getByRole('button', { name });
  // its page may have to be fetched first
  await more(page, of).waitFor();
  if (await button.isVisible()) return button.click();
  await more(page, of).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Opens every step that is folded away. */
export async function openAllSteps(page: Place): Promise<void> {
  const folded = page.locator('.rung-fold:not([open]) > summary');
  for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click();
}

/** What opens the menu of a step, or of the plan. */
export const more = (page: Place, of: string): Locator =>
  page.getByRole('button', { name: `More for ${of}`, exact: true });
