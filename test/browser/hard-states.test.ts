import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untoldLines } from '../../src/homework/report/untold-lines.ts';
import { type FakeService, openFakeService, type Situation } from '../app/fake-service.ts';
import { inWords, rightToLeftWords } from '../app/right-to-left.ts';
import { situations } from '../app/situations.ts';
import { chooseAct, openAllSteps } from './choose-act.ts';
import { type KeptTab, keepTab } from './keep-tab.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, openTab, violations } from './open-app.ts';
import { hardForAssigning, hardForClinician, hardForPatient, twoVisits } from './states/hard.ts';
import { sendLog } from './turn-pages.ts';
import { pressFirst } from './view-states.ts';

/** Each page in each state that breaks pages: at 400 % zoom with axe, at the widths of a chart frame and a window by measure. */
let browser: Browser;
let service: FakeService;
let tab: KeptTab;
beforeAll(async () => {
  [browser, service] = [await launchChromium(), await openFakeService(situations.atTheVisit)];
  tab = keepTab(browser, service);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

// 320 by 256 is what 1280 by 1024 are at 400 %
const zoomed = { width: 320, height: 256 };
const widths: readonly number[] = [400, 1400];

/** What juts out of the window on its right, as far as it is not scrolled within something of its own. */
const jutting = (page: Page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > innerWidth + 0.5,
    );
    return [`${root.scrollWidth - innerWidth} px too wide`, ...wide.map((of) => `${of.tagName}.${of.className}`)];
  });

/** For whoever wants to look: SHOT_DIR names a folder. */
const shoot = async (page: Page, name: string) => {
  const folder = process.env.SHOT_DIR;
  if (folder !== undefined)
    await page.screenshot({ path: `${folder}/${name.replace(/\W+/g, '-')}.png`, fullPage: true });
};

async function expectToHold(page: Page, about: string, wide = widths): Promise<void> {
  for (const width of wide) {
    await page.setViewportSize({ width, height: 900 });
    expect(await jutting(page), `${about} at ${width} px`).toEqual([]);
    await shoot(page, `${about} ${width}`);
  }
  await page.setViewportSize(zoomed);
  expect(await jutting(page), `${about} at 400 %`).toEqual([]);
  expect(await violations(page), `${about} at 400 %`).toEqual([]);
  await shoot(page, `${about} 320`);
  await page.setViewportSize({ width: 1200, height: 900 });
}

async function opened(situation: Situation, then: (page: Page) => Promise<unknown>, width = 1200): Promise<void> {
  service.set(situation);
  const { page, complaints } = await tab.open({ width });
  try {
    await then(page);
    expect(complaints).toEqual([]);
  } finally {
    await tab.leave();
  }
}

/** Opens what is folded, but for what opens over the page. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true;
  });

type Pages = Readonly<Record<string, (page: Page) => Promise<unknown>>>;
const clinicianPages: Pages = {
  'the first page': (page) => page.locator('main h1').waitFor(),
  async 'the plan'(page) {
    await openTab(page, 'Plan');
    await page.locator('.ladder').waitFor();
    await openAllSteps(page);
  },
  async 'the logs'(page) {
    await openTab(page, 'Logs');
    await page.getByRole('heading', { level: 1 }).waitFor();
  },
  async 'the messages'(page) {
    await openTab(page, 'Messages');
    await page.getByLabel('What you want to say').first().waitFor();
  },
  async 'in the chart, with its note'(page) {
    await openTab(page, 'In the chart');
    await page.getByRole('heading', { name: 'Note for the chart' }).waitFor();
    const read = page.getByRole('button', { name: 'Read the note' });
    if (await read.isVisible()) {
      await read.click();
      await page.locator('pre.report').waitFor();
    }
  },
};

const patientPages: Pages = {
  'what there is to do': (page) => page.getByRole('heading', { name: /^Hello/ }).waitFor(),
  async 'a step'(page) {
    await page.locator('.path-link').first().click();
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
  },
  async 'a log'(page) {
    await openTab(page, 'To do');
    const write = page.getByRole('button', { name: /^(Write it down|Go on writing)/ }).first();
    if ((await write.count()) === 0) return;
    await write.click();
    await page.locator('form.log-form').waitFor();
  },
  async 'what was done'(page) {
    await openTab(page, 'My notes');
    await page.getByRole('heading', { name: 'My notes' }).waitFor();
  },
  async 'the messages'(page) {
    await openTab(page, 'Messages');
    await page.getByRole('heading', { name: 'Messages', exact: true }).waitFor();
  },
};

async function walk(page: Page, pages: Pages, state: string, wide = widths): Promise<void> {
  for (const [name, go] of Object.entries(pages)) {
    await go(page);
    await unfold(page);
    await expectToHold(page, `${name}, ${state}`, wide);
  }
}

describe('each of the clinician’s pages', () => {
  it.each(Object.entries(hardForClinician))('holds: %s', async (state, situation) => {
    await opened(situation, (page) => walk(page, clinicianPages, state));
  });

  it.each(Object.entries(hardForAssigning))('holds while a plan is assigned: %s', async (state, situation) => {
    await opened(situation, async (page) => {
      if ((situation.plans ?? []).length === 0) await pressFirst(page, 'Assign a plan');
      else {
        await openTab(page, 'Plan');
        await chooseAct(page, 'Assign another plan', 'this plan');
      }
      await page.getByLabel('Name of the plan').waitFor();
      for (const line of await page.getByRole('heading', { name: /^Step / }).all()) await line.click();
      await expectToHold(page, `assigning, ${state}`);
    });
  });
});

describe('each of the patient’s pages', () => {
  it.each(Object.entries(hardForPatient))('holds: %s', async (state, situation) => {
    await opened(situation, (page) => walk(page, patientPages, state, [400]), 400);
  });
});

describe('the coordinator’s list', () => {
  it.each([
    ['what is hard to draw', situations.hardList],
    ['words of 240 letters', inWords(situations.safetyOnTheList, 'ab'.repeat(120))],
    ['nobody on it', situations.nobodyOnTheList],
  ] as const)('holds: %s', async (state, situation) => {
    await opened(situation, (page) => expectToHold(page, `the list, ${state}`));
  });
});

const { atTheVisit, firstDay } = situations;
const writing = async (page: Page, text: string) => {
  await pressFirst(page, /^(Write it down|Go on writing)/);
  await page.locator('#q-situation').fill(text);
};
const withdraw = async (page: Page) => {
  await openTab(page, 'Plan');
  await chooseAct(page, 'Withdraw', 'step 4c');
  await page.getByRole('dialog').getByLabel('Why?').fill(rightToLeftWords);
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('Step 4c is withdrawn.').waitFor();
};
const readNote = async (page: Page) => {
  await openTab(page, 'In the chart');
  await pressFirst(page, 'Read the note');
  await page.locator('pre.report').waitFor();
};

/** States of one page alone, by what is seen in them. */
const alone: Readonly<Record<string, readonly [Situation, (page: Page) => Promise<unknown>, string | RegExp]>> = {
  'what can be undone, on another page': [
    inWords(atTheVisit, 'ab'.repeat(120)),
    async (page) => {
      await withdraw(page);
      await openTab(page, 'Messages');
    },
    'A step was withdrawn',
  ],
  'a date that was chosen': [
    atTheVisit,
    async (page) => {
      await page.getByLabel('Time', { exact: true }).selectOption('date');
      await page.getByLabel('Since which date').fill('2026-03-20');
    },
    'Since Fri, Mar 20',
  ],
  'a visit that was chosen': [
    twoVisits,
    (page) => page.getByLabel('Time', { exact: true }).selectOption('2026-03-18T15:00:00.000Z'),
    'Since the visit with Dr. Jonas Lindqvist on Wed, Mar 18',
  ],
  'a note that is being written in': [
    atTheVisit,
    async (page) => {
      await readNote(page);
      await pressFirst(page, 'Write in it');
      await page
        .locator('.note-editor textarea')
        .first()
        .fill(`${'ab'.repeat(120)} ${rightToLeftWords}`);
      await pressFirst(page, /^Write it in your words/);
    },
    'Read it as it will be filed',
  ],
  'a note that was signed': [
    atTheVisit,
    async (page) => {
      await readNote(page);
      await pressFirst(page, 'Sign and file');
    },
    'The note is signed and filed.',
  ],
  'a note about nothing': [
    atTheVisit,
    async (page) => {
      const { now: to, lastVisit: from } = atTheVisit;
      const text = 'Homework between visits: nothing was due in this time.';
      const nothing = { from, to, period: 'today', nothing: true, text, digest: 'a'.repeat(64), sections: [] };
      await page.route('**/reports/preview', (route) => route.fulfill({ json: nothing }));
      await readNote(page);
    },
    'so there is nothing to sign',
  ],
  'a note about nothing, beside what an earlier one is about': [
    atTheVisit,
    async (page) => {
      const { now: to, lastVisit: from } = atTheVisit;
      const text = 'Homework between visits: nothing was due in this time.';
      const untold = untoldLines([
        { change: 'late', told: 'chart' },
        { change: 'amended', told: 'addendum' },
        { change: 'late', told: 'nowhere' },
      ]);
      const nothing = { from, to, period: 'today', nothing: true, text, digest: 'a'.repeat(64), sections: [], untold };
      await page.route('**/reports/preview', (route) => route.fulfill({ json: nothing }));
      await readNote(page);
    },
    'Nothing else was due, done, said or changed',
  ],
  'a begun note of what is in the way': [
    inWords(firstDay, 'ab'.repeat(120)),
    async (page) => {
      await pressFirst(page, /^What and why/);
      await pressFirst(page, 'Something is in the way');
      await page.locator('.barrier-form textarea').fill(rightToLeftWords);
      await openTab(page, 'To do');
    },
    'You began to say what is in the way',
  ],
  'words that are not in the note that was sent': [
    firstDay,
    async (page) => {
      await writing(page, 'At my desk');
      await page.getByText('Saved. You can leave and come back.').waitFor();
      const other = await openApp(browser, service, { width: 400 });
      try {
        await pressFirst(other.page, /^Go on writing/);
        await other.page.locator('form.log-form').waitFor();
        await sendLog(other.page);
        await other.page.getByRole('heading', { name: /^Thank you/ }).waitFor();
      } finally {
        await other.context.close();
      }
      await page.locator('#q-situation').fill(`${'ab'.repeat(120)} ${rightToLeftWords}`);
    },
    'This note was sent already',
  ],
};

describe('a state of one page', () => {
  it.each(Object.entries(alone))('holds: %s', async (state, [situation, go, sees]) => {
    await opened(situation, async (page) => {
      await go(page);
      await page.getByText(sees).first().waitFor();
      await expectToHold(page, state);
    });
  });
});
