import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemCodes, problemWords } from '../../smart-app/src/words/problem-words.ts';
import { type FakeService, openFakeService, type Situation } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, openTab, violations } from './open-app.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.atTheVisit);
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

async function openBare(colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: 400, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return { page, context };
}

interface State {
  readonly situation: Situation;
  /** Before the launch. */
  readonly prepare?: () => void;
  readonly go?: (page: Page) => Promise<unknown>;
  readonly sees: string | RegExp;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const log = (page: Page) => button(page, /^Write it down/);

/** Every view and every state that was designed, by what a person sees in it. */
const states: Readonly<Record<string, State>> = {
  'clinician: since last visit': {
    situation: situations.atTheVisit,
    sees: /6 of 7 done \(85.7 %\)\. Belief went down from 90 to 45 %/,
  },
  'clinician: plan': {
    situation: situations.atTheVisit,
    go: (page) => openTab(page, 'Plan'),
    sees: 'Opens once step 4b has been done',
  },
  'clinician: plan, what the patient reads': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await page.getByText('What the patient reads').first().click();
    },
    sees: /In your next three team meetings/,
  },
  'clinician: unlocking': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await button(page, /^Unlock/);
      await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
    },
    sees: /Please give a reason/,
  },
  'clinician: noting a barrier': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await button(page, /^Note a barrier/);
    },
    sees: /In the patient’s words if you can/,
  },
  'clinician: logs with all answers': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Logs');
      for (const one of await page.getByText('All answers').all()) await one.click();
      await page.getByText('All values').first().click();
    },
    sees: 'Kept private by the patient',
  },
  'clinician: messages': {
    situation: situations.atTheVisit,
    go: (page) => openTab(page, 'Messages'),
    sees: /Lighter than I thought/,
  },
  'clinician: in the chart, note read': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'In the chart');
      await button(page, 'Read the note');
    },
    sees: /Homework between visits: \d of \d done/,
  },
  'clinician: no plan yet': { situation: situations.noPlanYet, sees: 'No homework yet for Sarah Whitfield' },
  'clinician: assigning': {
    situation: situations.noPlanYet,
    async go(page) {
      await button(page, 'Assign a plan');
      await page.getByText('Fit the words').first().click();
    },
    sees: /Go through it together/,
  },
  'clinician: paper log': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await button(page, /^Enter a paper log/);
    },
    sees: 'On the patient’s behalf',
  },
  'clinician: read only': {
    situation: { ...situations.atTheVisit, canWrite: false },
    go: (page) => openTab(page, 'Plan'),
    sees: /has given permission to read/,
  },
  'clinician: expired': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Messages');
      service.expire();
      await page.getByLabel('What you want to say').fill('Well done');
      await button(page, 'Send to the patient');
    },
    sees: 'Your sign-in has ended',
  },
  'clinician: loading': {
    situation: situations.atTheVisit,
    prepare: () => service.hang('/app/v1/patient'),
    go: (page) => page.waitForURL('**/app'),
    sees: /Loading/,
  },
  'clinician: error with retry': {
    situation: situations.atTheVisit,
    prepare: () => service.refuse('/app/v1/patient', 500, 'internal'),
    sees: 'That did not work',
  },
  'clinician: a patient without a name shown by the EHR’s own banner': {
    situation: { ...situations.atTheVisit, needPatientBanner: false },
    sees: 'What needs care',
  },
  'patient: to do': { situation: situations.firstDay, sees: 'Hello Sarah' },
  'patient: a step': {
    situation: situations.firstDay,
    go: (page) => button(page, /^What and why/),
    sees: 'What to do',
  },
  'patient: something in the way': {
    situation: situations.firstDay,
    async go(page) {
      await button(page, /^What and why/);
      await button(page, 'Something is in the way');
    },
    sees: /No blame/,
  },
  'patient: writing a log': {
    situation: situations.opinionDue,
    async go(page) {
      await log(page);
      await page.getByRole('textbox', { name: /Where were you/ }).fill('Monday planning');
      await page.getByRole('slider', { name: /how strongly did you believe/ }).press('ArrowRight');
      await page.getByRole('checkbox', { name: /Where were you/ }).check();
    },
    sees: 'Only you can read it',
  },
  'patient: an answer is needed': {
    situation: situations.opinionDue,
    async go(page) {
      await log(page);
      await button(page, 'Done, send it');
    },
    sees: '2 questions need another look',
  },
  'patient: a prediction that is locked': {
    situation: situations.experimentDue,
    async go(page) {
      await button(page, /^Write it down.*Tell one colleague/);
      await page.getByRole('textbox', { name: /What exactly do you think/ }).fill('She will laugh');
      await page.getByRole('radio', { name: 'Yes' }).check();
    },
    sees: /You wrote this before/,
  },
  'patient: thanks and what comes next': {
    situation: situations.firstDay,
    async go(page) {
      await log(page);
      await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Monday meeting');
      await button(page, 'Done, send it');
    },
    sees: 'What comes next',
  },
  'patient: expired before anything was there': {
    situation: situations.firstDay,
    prepare: () => service.refuse('/app/v1/patient', 401, 'session-expired'),
    sees: 'Your sign-in has ended',
  },
  'patient: signed out': {
    situation: situations.firstDay,
    go: (page) => button(page, 'Sign out'),
    sees: 'You are signed out',
  },
  'patient: overdue': { situation: situations.overdue, sees: /It’s not too late/ },
  'patient: passed by': { situation: situations.missed, sees: /This one didn’t come about/ },
  'patient: my notes': {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'My notes');
      await page.getByText('What you wrote').first().click();
    },
    sees: '6 notes, the newest first.',
  },
  'patient: taking a note back': {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'My notes');
      await button(page, /^Take back/);
    },
    sees: 'Take this note back?',
  },
  'patient: putting a note right': {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'My notes');
      await button(page, /^Put right/);
    },
    sees: 'Save the correction',
  },
  'patient: messages': {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'Messages');
      await button(page, 'Answer');
    },
    sees: /Your answer/,
  },
  'patient: no homework': { situation: situations.noHomework, sees: 'No homework at the moment' },
  'patient: read only': {
    situation: { ...situations.firstDay, canWrite: false },
    sees: /You can read here, but not write/,
  },
  'patient: expired while writing': {
    situation: situations.firstDay,
    async go(page) {
      await log(page);
      service.expire();
      await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Monday meeting');
    },
    sees: 'Your sign-in has ended',
  },
  'patient: offline': {
    situation: situations.firstDay,
    async go(page) {
      await log(page);
      await page.context().setOffline(true);
      await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Monday meeting');
    },
    sees: 'No connection at the moment',
  },
  'patient: loading': {
    situation: situations.firstDay,
    prepare: () => service.hang('/app/v1/patient'),
    sees: /Loading your homework/,
  },
  'patient: error with retry': {
    situation: situations.firstDay,
    prepare: () => service.refuse('/app/v1/patient', 500, 'internal'),
    sees: 'That did not work',
  },
  'coordinator: list': { situation: situations.coordinator, sees: 'Daniel Brandt' },
  'coordinator: nobody fits': {
    situation: situations.coordinator,
    go: (page) => page.getByLabel('Search').fill('nobody of this name'),
    sees: 'No patient whom you may see fits what you chose.',
  },
  'coordinator: noting a contact': {
    situation: situations.coordinator,
    go: (page) => button(page, /^Note a contact with Daniel/),
    sees: 'What was said',
  },
  'coordinator: some are hidden': {
    situation: situations.someHidden,
    sees: /At least 3 patients with homework are not shown: the EHR hides them from you/,
  },
  'coordinator: somebody could not be checked': {
    situation: situations.notChecked,
    sees: 'Not everybody could be checked now',
  },
  'coordinator: nobody on the list': { situation: situations.nobodyOnTheList, sees: 'No patients with homework yet' },
  'coordinator: loading': {
    situation: situations.coordinator,
    prepare: () => service.hang('/app/v1/roster'),
    sees: /Loading the list/,
  },
  'coordinator: error with retry': {
    situation: situations.coordinator,
    prepare: () => service.refuse('/app/v1/roster', 503, 'ehr-unreachable'),
    sees: 'The EHR does not answer',
  },
  'coordinator: no list is set up': {
    situation: situations.coordinator,
    prepare: () => service.refuse('/app/v1/roster', 409, 'not-supported'),
    sees: 'No list is set up for you yet',
  },
  'coordinator: expired': {
    situation: situations.coordinator,
    async go(page) {
      service.expire();
      await button(page, 'Open Sarah Whitfield');
    },
    sees: 'Your sign-in has ended',
  },
  'coordinator: a chart that the EHR keeps shut': {
    situation: situations.coordinator,
    go: (page) => button(page, 'Open Daniel Brandt'),
    sees: 'The EHR does not let you open this chart.',
  },
  'coordinator: a patient opened': {
    situation: situations.coordinator,
    go: (page) => button(page, 'Open Sarah Whitfield'),
    sees: 'To read only',
  },
};

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(Object.keys(states))('%s: is there, is accessible, fits', async (name) => {
    const state = states[name];
    if (state === undefined) throw new Error('no such state');
    service.set(state.situation);
    state.prepare?.();
    const width = name.startsWith('patient') ? 400 : 1200;
    const { page, context, complaints } = await openApp(browser, service, {
      theme,
      width,
      expectApp: state.prepare === undefined,
    });
    try {
      await state.go?.(page);
      await page.getByText(state.sees).first().waitFor({ state: 'attached' });
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme, accessible and fitting', (theme) => {
  it.each(['/', '/app', '/launch', '/callback'])('the page at %s without a chart', async (path) => {
    service.set(situations.firstDay);
    const { page, context } = await openBare(theme);
    await page.goto(`${service.origin}${path}`);
    await page.locator('main:not([aria-busy]) h1').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await context.close();
  });

  it('the page of every problem that a launch can end with, which names nobody', async () => {
    service.set(situations.firstDay);
    const { page, context } = await openBare(theme);
    for (const code of [...problemCodes, 'of-tomorrow']) {
      service.refuse('/smart/callback', 422, code);
      await page.goto(service.launchUrl);
      const { title, what, todo } = problemWords(code);
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
      for (const words of [what, todo]) expect(await page.locator('main').innerText(), code).toContain(words);
      expect(await violations(page), code).toEqual([]);
      expect(await page.content(), code).not.toMatch(/sarah|whitfield|okafor/i);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      service.mend();
    }
    await context.close();
  });

  it('every dialog over a plan', async () => {
    service.set({ ...situations.atTheVisit, now: '2026-03-23T20:00:00.000Z', plans: situations.opinionDue.plans });
    const { page, context } = await openApp(browser, service, { theme });
    await openTab(page, 'Plan');
    const openers = page.getByRole('button', {
      name: /^(Unlock|Lock again|Excuse|Pause|Accept as done|Withdraw|Note a barrier|Give feedback|Close this plan)/,
    });
    const kinds = new Map<string, number>();
    for (const [at, name] of (await openers.allInnerTexts()).entries()) {
      const kind = name.replace(/\s+(on |to )?step.*$/s, '').trim();
      if (!kinds.has(kind)) kinds.set(kind, at);
    }
    expect([...kinds.keys()].sort()).toEqual(
      [
        'Close this plan',
        'Excuse',
        'Give feedback',
        'Lock again',
        'Note a barrier',
        'Pause',
        'Unlock',
        'Withdraw',
      ].sort(),
    );
    // accepting as done has the form of pausing, and needs a step with a log that is not enough
    for (const [kind, at] of kinds) {
      await openers.nth(at).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page), kind).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await context.close();
  });
});

it('fits from 400 to 1400 px, with the tables of the list turned into cards', async () => {
  service.set(situations.coordinator);
  const { page, context } = await openApp(browser, service, { width: 400 });
  for (const width of [400, 560, 768, 1000, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  await context.close();
});

it.each([
  ['clinician', situations.atTheVisit, 'What needs care', 'GET /app/v1/patient'],
  ['patient', situations.firstDay, 'Hello Sarah', 'GET /app/v1/patient'],
  ['coordinator', situations.coordinator, 'Daniel Brandt', 'GET /app/v1/roster?sort=urgency'],
])(
  'a %s needs one call of the service after the sign-in for what is useful first',
  async (_who, situation, useful, call) => {
    service.set(situation);
    const { page, context } = await openApp(browser, service);
    await page.getByText(useful).first().waitFor();
    const afterSignIn = service.calls.filter(({ path }) => path.startsWith('/app/v1/'));
    expect(afterSignIn.map(({ method, path }) => `${method} ${path}`)).toEqual([call]);
    await context.close();
  },
);
