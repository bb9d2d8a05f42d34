import type { Locator, Page } from 'playwright-core';

/**
 * Chooses something that can be done with a step, or with the plan, as a person does: by its button, or in the menu *More*.
 * @param of `step 4c`, or `this plan`
 */
export async function chooseAct(page: Pick<Page, 'getByRole'>, words: string, of: string): Promise<void> {
  const name = new RegExp(`^${words}(?: (?:on |to |for )?${of})?$`);
  const button = page.getByRole('button', { name });
  if (await button.isVisible()) return button.click();
  await more(page, of).click();
  await page.getByRole('menuitem', { name }).click();
}

/** What opens the menu of a step, or of the plan. */
export const more = (page: Pick<Page, 'getByRole'>, of: string): Locator =>
  page.getByRole('button', { name: `More for ${of}`, exact: true });
