import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService, type Situation } from '../app/fake-service.ts';
import { inRightToLeft, inWords, rightToLeftWords } from '../app/right-to-left.ts';
import { situations } from '../app/situations.ts';
import { chooseAct } from './choose-act.ts';
import { type KeptTab, keepTab } from './keep-tab.ts';
import { launchChromium } from './launch-chromium.ts';
import { openTab } from './open-app.ts';
import { sendLog, turnToEnd } from './turn-pages.ts';
import { expectWellShown, pressFirst } from './view-states.ts';

let browser: Browser;
let service: FakeService;
let tab: KeptTab;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.firstDay);
  tab = keepTab(browser, service);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** A small phone, a phone, and 400 % zoom of a window of 1280 by 1024. */
const frames = [
  { width: 320, height: 568 },
  { width: 400, height: 800 },
  { width: 320, height: 256 },
] as const;
const zoom = frames[2];

async function opened(situation: Situation, then: (page: Page) => Promise<unknown>): Promise<void> {
  service.set(situation);
  const { page, complaints } = await tab.open({ width: 400 });
  try {
    await then(page);
    expect(complaints).toEqual([]);
  } finally {
    await tab.leave();
  }
}

const write = async (page: Page) => {
  await pressFirst(page, /^(Write it down|Go on writing)/);
  await page.locator('form.log-form').waitFor();
};
const words240 = 'ab'.repeat(120);
const asClinician = (situation: Situation): Situation => ({ ...situation, role: 'clinician' });

const paper = async (page: Page) => {
  await openTab(page, 'Plan');
  await chooseAct(page, 'Enter a paper log', 'step 4b');
  await page.locator('#paper-day').waitFor();
};

interface Shown {
  readonly situation: Situation;
  readonly go: (page: Page) => Promise<unknown>;
}
const states: Readonly<Record<string, Shown>> = {
  'the first page of a long form': { situation: situations.firstDay, go: write },
  'a page with more questions': {
    situation: situations.firstDay,
    async go(page) {
      await write(page);
      await pressFirst(page, 'Next: During');
      await page.getByText('More questions').click();
    },
  },
  'what is missing on another page': {
    situation: situations.firstDay,
    async go(page) {
      await write(page);
      await sendLog(page);
      await page.getByText('One question needs another look').waitFor();
    },
  },
  'words from right to left': {
    situation: inRightToLeft(situations.opinionDue),
    async go(page) {
      await write(page);
      await page.getByRole('textbox').first().fill(rightToLeftWords);
    },
  },
  'a step of 240 letters': {
    situation: inWords(situations.opinionDue, words240),
    go: (page) => pressFirst(page, /^What and why/),
  },
  'words of 240 letters': {
    situation: inWords(situations.opinionDue, words240),
    async go(page) {
      await write(page);
      await page.getByRole('textbox').first().fill(words240);
    },
  },
  'a paper log': { situation: asClinician(situations.opinionDue), go: paper },
  'a paper log that is not right': {
    situation: asClinician(inWords(situations.opinionDue, words240)),
    async go(page) {
      await paper(page);
      await page.locator('#paper-day').fill('2030-01-01');
      await pressFirst(page, 'Save and enter the next one');
      await page.getByText('This day is to come').waitFor();
    },
  },
};

/** Which of the page's fields, each in focus, is under what sticks to the foot of the window. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const fields = document.querySelectorAll<HTMLElement>('main :is(input, textarea, select, button, summary)');
    for (const field of fields) {
      if (field.closest('details:not([open]) > :not(summary)') !== null) continue;
      field.focus();
      const bars = [...document.querySelectorAll('.crisis, .crisis-line')].filter(
        (bar) => getComputedStyle(bar).position === 'sticky' && bar.getBoundingClientRect().height > 0,
      );
      const foot = Math.min(innerHeight, ...bars.map((bar) => bar.getBoundingClientRect().top));
      const { top, bottom: end } = field.getBoundingClientRect();
      // of a box of several lines a browser brings the one with the caret into view
      const bottom = field.tagName === 'TEXTAREA' ? Math.min(end, top + 28) : end;
      // what is taller than the room there is begins in it
      if (bottom > foot + 1 && (bottom - top < foot || top > foot)) found.push(`${field.tagName} ${field.id}`);
    }
    return found;
  });

describe.each(frames)('at $width × $height', (frame) => {
  it.each(Object.entries(states))('%s: accessible, fitting, no field under the foot', async (_name, state) => {
    await opened(state.situation, async (page) => {
      await state.go(page);
      await page.setViewportSize(frame);
      await expectWellShown(page);
      expect(await covered(page)).toEqual([]);
    });
  });
});

describe('the line at the foot', () => {
  it.each([zoom, { width: 640, height: 320 }])('is one line at $width × $height, with whom to call', async (frame) => {
    await opened(situations.firstDay, async (page) => {
      await page.setViewportSize(frame);
      const line = page.locator('.crisis-line');
      const box = await line.boundingBox();
      expect(box?.height).toBeLessThanOrEqual(48);
      expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(frame.height);
      expect(await line.innerText()).toContain('988');
      await page.getByText('Not monitored round the clock').scrollIntoViewIfNeeded();
      expect(await page.getByText('Not monitored round the clock').isVisible()).toBe(true);
    });
  });

  it('leaves room for the field in focus when the keyboard takes half of the screen', async () => {
    await opened(situations.firstDay, async (page) => {
      await write(page);
      await page.setViewportSize({ width: 400, height: 800 });
      const field = page.getByRole('textbox', { name: /What did you expect/ });
      await field.focus();
      // as a browser with `interactive-widget=resizes-content` does
      await page.setViewportSize({ width: 400, height: 380 });
      await field.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
      const [box, foot] = [await field.boundingBox(), await page.locator('.crisis-line').boundingBox()];
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(foot?.y ?? 0);
    });
  });
});

/** Of whom to call, in `.crisis-call` of this place: into how many pieces the number is broken, and how far it juts out. */
const numberIn = (page: Page, place: string, phone: string) =>
  page.locator(`${place} .crisis-call > bdi:last-child`).evaluate((number, wanted) => {
    // of the words, not of their box, which is one whatever becomes of the words in it
    const words = document.createRange();
    words.selectNodeContents(number);
    const { left, right } = words.getBoundingClientRect();
    const room = number.closest('.notice, dialog')?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    const out = left < room.left || right > room.right;
    return { pieces: words.getClientRects().length, text: number.textContent === wanted, out };
  }, phone);

describe('the number to call in a crisis', () => {
  const lines = [
    { label: '988 Suicide & Crisis Lifeline', phone: '988' },
    { label: 'Telefonseelsorge', phone: '+49 800 111 0 111' },
    { label: 'Krisenbereitschaftsdienstzentrale', phone: '0800 116 123' },
    { label: 'ער״ן', phone: '1201' },
  ];
  it.each(lines)('is in one piece at 320 px, whatever stands before it: $label', async (crisisLine) => {
    await opened({ ...situations.firstDay, crisisLine }, async (page) => {
      const whole = { pieces: 1, text: true, out: false };
      await write(page);
      await turnToEnd(page);
      await page.getByRole('radio', { name: 'Yes' }).check();
      await page.locator('.notice .crisis-call').waitFor();
      for (const frame of [zoom, frames[0]]) {
        await page.setViewportSize(frame);
        expect(await numberIn(page, '.notice', crisisLine.phone)).toEqual(whole);
        expect(await numberIn(page, '.crisis-line >', crisisLine.phone)).toEqual(whole);
        await pressFirst(page, /I am not safe/);
        expect(await numberIn(page, 'dialog', crisisLine.phone)).toEqual(whole);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    });
  });
});

describe('a sheet', () => {
  it.each([
    [
      'with a field',
      situations.atTheVisit,
      async (page: Page) => {
        await openTab(page, 'Plan');
        await pressFirst(page, 'Unlock step 4c');
      },
      'TEXTAREA',
    ],
    ['without one', situations.firstDay, (page: Page) => pressFirst(page, /I am not safe/), 'H2'],
  ] as const)(
    '%s opens with the focus there, scrolls inside and gives it back',
    async (_what, situation, open, there) => {
      await opened(situation, async (page) => {
        await page.setViewportSize(zoom);
        await open(page);
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe(there);
        const box = await dialog.boundingBox();
        expect(box?.y).toBeGreaterThanOrEqual(0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(zoom.height);
        const last = dialog.getByRole('button').last();
        await last.scrollIntoViewIfNeeded();
        // above everything: at its own place there is nothing else
        expect(
          await last.evaluate((button) => {
            const { left, top, width, height } = button.getBoundingClientRect();
            return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
          }),
        ).toBe(true);
        await expectWellShown(page);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
      });
    },
  );
});

describe('a sheet over which a keyboard lies', () => {
  it('keeps to what is left to see, and takes its place again', async () => {
    await opened(situations.atTheVisit, async (page) => {
      await page.setViewportSize({ width: 400, height: 800 });
      await openTab(page, 'Plan');
      await pressFirst(page, 'Unlock step 4c');
      const bottom = async () => {
        const box = await page.getByRole('dialog').boundingBox();
        return (box?.y ?? 0) + (box?.height ?? 0);
      };
      // as where a keyboard makes only the visual viewport smaller
      const see = (height: number) =>
        page.evaluate((left) => {
          const seen = window.visualViewport;
          if (seen === null) throw new Error('a browser without a visual viewport');
          Object.defineProperty(seen, 'height', { value: left, configurable: true });
          seen.dispatchEvent(new Event('resize'));
        }, height);
      const before = await bottom();
      await see(300);
      expect(await bottom()).toBeLessThanOrEqual(300);
      await see(800);
      expect(await bottom()).toBe(before);
    });
  });
});

describe('the pages of a form', () => {
  it('begin at their top, and are where one left them when one comes back', async () => {
    await opened(situations.firstDay, async (page) => {
      await write(page);
      await page.setViewportSize({ width: 400, height: 500 });
      await page.getByRole('textbox', { name: /What was the situation/ }).fill('Monday');
      await page.getByRole('button', { name: 'Next: During' }).scrollIntoViewIfNeeded();
      const left = await page.evaluate(() => scrollY);
      expect(left).toBeGreaterThan(200);
      await page.getByRole('button', { name: 'Next: During' }).click();
      await page.getByRole('heading', { name: '2 of 3: During' }).waitFor();
      const heading = await page.locator('#form-page').boundingBox();
      expect(heading?.y).toBeGreaterThanOrEqual(0);
      expect(heading?.y).toBeLessThan(250);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('form-page');
      await page.goBack();
      await page.getByRole('heading', { name: '1 of 3: Before' }).waitFor();
      expect(await page.evaluate(() => [scrollY, document.activeElement?.id])).toEqual([left, 'form-next']);
      await page.goBack();
      await page.getByRole('heading', { name: 'Hello Sarah' }).waitFor();
      await page.goForward();
      await page.getByRole('heading', { name: '1 of 3: Before' }).waitFor();
      expect(await page.getByRole('textbox', { name: /What was the situation/ }).inputValue()).toBe('Monday');
    });
  });

  it('do not move while one answers', async () => {
    await opened(situations.firstDay, async (page) => {
      await write(page);
      await turnToEnd(page);
      await page.setViewportSize({ width: 400, height: 500 });
      const yes = page.getByRole('radio', { name: 'Yes' });
      await yes.scrollIntoViewIfNeeded();
      const before = await page.evaluate(() => scrollY);
      await yes.check();
      await page.getByText('You don’t have to carry this alone').waitFor();
      expect(await page.evaluate(() => scrollY)).toBe(before);
    });
  });
});

describe('a paper log', () => {
  it('is entered by the keyboard alone, one after the other', async () => {
    await opened(asClinician(situations.opinionDue), async (page) => {
      await paper(page);
      await page.locator('#paper-day').focus();
      await page.keyboard.type('03232026');
      await page.keyboard.press('Enter');
      await page.keyboard.type('0330PM');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Planning meeting');
      await page.keyboard.press('Tab');
      for (const key of ['80', 'Enter', '4', 'Enter', '60', 'Enter', 'y', 'Enter'])
        await (key.length > 1 && key !== 'Enter' ? page.keyboard.type(key) : page.keyboard.press(key));
      await page.keyboard.type('I said it');
      await page.keyboard.press('Control+Enter');
      await page.getByText('One log entered so far').waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('paper-day');
      expect(service.calls.filter(({ path }) => path.endsWith('/logs')).map(({ body }) => body)).toEqual([
        expect.objectContaining({
          performedAt: '2026-03-23T19:30:00.000Z',
          answers: {
            situation: 'Planning meeting',
            ...{ 'belief-before': 80, 'confidence-before': 4, 'suds-before': 60 },
            ...{ practised: true, 'what-was-said': 'I said it' },
          },
        }),
      ]);
    });
  });
});
