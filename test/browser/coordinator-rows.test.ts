import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp } from './open-app.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.hardList);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

describe('what can be done in a row of the list', () => {
  it.each([1400, 1100, 700, 360])('stands on one line each, in line with Open, at %i px', async (width) => {
    const { page, context } = await openApp(browser, service, { width });
    try {
      await page.getByText('Do not set aside').first().waitFor();
      const rows = await page.locator('.roster-actions').evaluateAll((cells) =>
        cells.map((cell) =>
          [...cell.querySelectorAll('button')].map((button) => {
            const words = document.createRange();
            words.selectNode(button.firstChild ?? button);
            const { left, height } = words.getBoundingClientRect();
            const line = Number.parseFloat(getComputedStyle(button).lineHeight);
            const framed = button.classList.contains('secondary');
            const { left: frame, top } = button.getBoundingClientRect();
            return { left: Math.round(framed ? frame : left), top, lines: Math.round(height / line) };
          }),
        ),
      );
      const buttons = rows.flat();
      expect(buttons.length).toBeGreaterThan(10);
      expect(new Set(buttons.map(({ lines }) => lines))).toEqual(new Set([1]));
      for (const [open, contact] of rows) {
        if (open === undefined || contact === undefined) continue;
        // one under the other, or side by side where there is no column for them
        if (contact.top > open.top + 20) expect(contact.left).toBe(open.left);
        else expect(contact.left).toBeGreaterThan(open.left);
      }
    } finally {
      await context.close();
    }
  });
});
