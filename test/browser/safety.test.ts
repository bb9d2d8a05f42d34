import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService, type Situation } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { type OpenOptions, openApp, openTab } from './open-app.ts';
import { sendLog, turnTo } from './turn-pages.ts';
import { expectWellShown } from './view-states.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.safetyOpen);
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

async function inApp(situation: Situation, options: OpenOptions, work: (page: Page) => Promise<void>): Promise<void> {
  service.set(situation);
  service.mend();
  const { page, context } = await openApp(browser, service, options);
  await work(page);
  await context.close();
}

const frames = [400, 768, 1400].map((width) => ({ width }));
const banner = (page: Page) => page.locator('section.safety');
const see = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.SAFETY_SCREENS;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};
const risk = async (page: Page) => {
  await turnTo(page, /thoughts of harming yourself/);
  await page
    .getByRole('radiogroup', { name: /thoughts of harming yourself/ })
    .getByRole('radio', { name: 'Yes' })
    .check();
};

describe('the clinician, while a safety signal is open', () => {
  it.each(frames)('sees what, when, on what evidence and whom to call: $width px, both themes', async (frame) => {
    await inApp(situations.safetyOpen, frame, async (page) => {
      await see(page, 'A safety signal is open');
      await see(page, /“Did thoughts of harming yourself come up\?” yes/);
      expect(await banner(page).getByRole('link', { name: '555-0100' }).getAttribute('href')).toBe('tel:5550100');
      await see(page, /she is with her sister/);
      await look(page, `clinician-${frame.width}`);
      await expectWellShown(page);
    });
  });

  it('sees it on every page, and follows the evidence to the log', async () => {
    await inApp(situations.safetyOpen, {}, async (page) => {
      for (const tab of ['Plan', 'Messages', 'In the chart', 'Overview']) {
        await openTab(page, tab);
        await banner(page).waitFor();
      }
      await press(page, /^See the log/);
      await page.getByRole('heading', { name: 'Logs', level: 1 }).waitFor();
    });
  });

  it('closes it with a reason, and not without; nothing undoes it', async () => {
    await inApp(situations.safetyOpen, {}, async (page) => {
      await press(page, /^Close with a reason/);
      await page.getByRole('button', { name: 'Close the signal' }).click();
      await see(page, /Please give a reason/);
      await look(page, 'clinician-closing');
      await expectWellShown(page);
      await page.getByRole('textbox').fill('Talked on the phone; safety plan made');
      await page.getByRole('button', { name: 'Close the signal' }).click();
      await banner(page).waitFor({ state: 'detached' });
      expect(service.calls.at(-2)).toMatchObject({
        path: '/app/v1/safety-signals/signal-1/close',
        body: { reason: 'Talked on the phone; safety plan made' },
      });
      expect(await page.getByRole('button', { name: /undo/i }).count()).toBe(0);
    });
  });

  it('cannot close it without permission to write, and sees it all the same', async () => {
    await inApp({ ...situations.safetyOpen, canWrite: false }, {}, async (page) => {
      await banner(page).waitFor();
      expect(await page.getByRole('button', { name: /^Close with a reason/ }).count()).toBe(0);
    });
  });

  it('raises one', async () => {
    await inApp(situations.atTheVisit, { width: 400 }, async (page) => {
      expect(await banner(page).count()).toBe(0);
      await press(page, 'Worried about this patient’s safety?');
      await page.getByLabel('Harm by another person').check();
      const said = 'Bruises on both arms; “fell”, he said';
      await page.getByLabel('What was seen or said (optional)').fill(said);
      await look(page, 'clinician-raising');
      await expectWellShown(page);
      await press(page, 'Raise it');
      await banner(page).getByText('Harm by another person').first().waitFor();
      await banner(page).getByText(said).waitFor();
      await look(page, 'clinician-raised');
    });
  });
});

describe('the coordinator', () => {
  it.each(frames)('is told to reach such patients first, and whom to call: $width px, both themes', async (frame) => {
    await inApp(situations.safetyOnTheList, frame, async (page) => {
      await see(page, 'Safety signals first');
      await page.getByRole('button', { name: /^Safety signal open/ }).click();
      await look(page, `coordinator-${frame.width}`);
      await expectWellShown(page);
    });
  });
});

describe('the patient', () => {
  it.each(frames)(
    'is met with care after a risk answer, at once and when it is sent: $width px, both themes',
    async (frame) => {
      await inApp(situations.firstDay, frame, async (page) => {
        await press(page, /^Write it down/);
        await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Team meeting');
        await risk(page);
        const notice = page.getByRole('status').filter({ hasText: 'You don’t have to carry this alone' });
        await notice.waitFor();
        expect(await notice.innerText()).toContain('They don’t watch this app round the clock');
        await notice.scrollIntoViewIfNeeded();
        await look(page, `patient-answer-${frame.width}`);
        await expectWellShown(page);
        await sendLog(page);
        await page.getByRole('heading', { name: /Thank you\. It’s written down/ }).waitFor();
        await see(page, /Your care team has been told/);
        await look(page, `patient-thanks-${frame.width}`);
        await expectWellShown(page);
      });
    },
  );

  it('is not spoken to of risk after another answer', async () => {
    await inApp(situations.firstDay, { width: 400 }, async (page) => {
      await press(page, /^Write it down/);
      await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Team meeting');
      await turnTo(page, /thoughts of harming yourself/);
      await page
        .getByRole('radiogroup', { name: /thoughts of harming yourself/ })
        .getByRole('radio', { name: 'No' })
        .check();
      await sendLog(page);
      await page.getByRole('heading', { name: /Thank you\. It’s written down/ }).waitFor();
      expect(await page.getByText('You don’t have to carry this alone').count()).toBe(0);
    });
  });

  it.each(frames)(
    'can say that they are not safe: the line first, then the care team: $width px, both themes',
    async (frame) => {
      await inApp({ ...situations.firstDay, canWrite: false }, frame, async (page) => {
        await look(page, `patient-bar-${frame.width}`);
        await press(page, 'I am not safe right now');
        const dialog = page.getByRole('dialog');
        expect(await dialog.getByRole('link', { name: /988/ }).getAttribute('href')).toBe('tel:988');
        service.refuse('/app/v1/safety-signals', 503, 'internal');
        await dialog.getByRole('button', { name: 'Tell my care team as well' }).click();
        await dialog.getByText(/could not be told just now\. Please call/).waitFor();
        service.mend();
        await dialog.getByRole('button', { name: 'Tell my care team as well' }).click();
        await dialog.getByText(/Your care team has been told/).waitFor();
        await look(page, `patient-not-safe-${frame.width}`);
        expect(service.calls.at(-1)).toMatchObject({ path: '/app/v1/safety-signals', body: { rule: 'not-safe-now' } });
        await expectWellShown(page);
      });
    },
  );
});
