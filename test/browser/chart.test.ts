import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type House, openHouse } from '../start/open-house.ts';
import { patience } from '../start/run-process.ts';
import { launchChromium } from './launch-chromium.ts';

let house: House;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What a page complained of. */
let complaints: string[];

beforeAll(async () => {
  const launching = launchChromium();
  house = await openHouse();
  browser = await launching;
  for (const tenant of ['sandbox', 'sandbox-notes']) {
    expect(await house.command('demo', '--tenant', tenant, '--json')).toMatchObject({ code: 0, stderr: '' });
  }
}, patience);
afterAll(async () => {
  await browser?.close();
  await house?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()} answered ${response.status()}`);
  });
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const open = (face: string) => page.goto(`${house.ehr}/chart/sarah?face=${face}`);
const section = (heading: string) => page.getByRole('region', { name: heading });
/** Everything that a reader can open is open. */
const unfold = () =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
/** Words with the space between them made single. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('the chart of the EHR that takes everything', () => {
  it('shows the plan and its six steps in order, each with how it stands', async () => {
    await open('native');
    const plan = section('Care plan');
    await expect.poll(() => plan.getByRole('heading', { level: 3 }).count()).toBe(1);
    expect(await plan.getByRole('heading', { level: 3 }).innerText()).toMatch(/speaking up/i);
    const steps = await plan.locator('.tasks > .task').all();
    const shown = await Promise.all(
      steps.map(async (step) => ({
        number: flat(await step.locator('h4 .step').first().innerText()),
        status: flat(await step.locator('.chips').first().innerText()).split(' '),
      })),
    );
    expect(shown.map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5', '6']);
    const words = shown.map(({ status }) => status.filter((word) => !/status|business/i.test(word.replace(':', ''))));
    expect(words.map((list) => list.join(' ').toLowerCase())).toEqual([
      'completed done',
      'completed done',
      'completed done',
      'completed done',
      'failed missed',
      'draft locked',
    ]);
  });

  it('shows each log with its answers beside their questions', async () => {
    await open('native');
    const responses = section('Questionnaire responses');
    expect(await responses.locator('details').count()).toBe(6);
    const first = responses.locator('details').last();
    await first.locator('summary').click();
    const text = flat(await first.innerText());
    expect(text).toContain('they will laugh');
    expect(text).toContain('Monday team meeting, eight people');
    expect(text).toContain('Answered by Sarah');
    expect(flat((await responses.locator('details').nth(2).textContent()) ?? '')).toContain('good point');
  });

  it('shows belief and SUDS as they fell, and adherence', async () => {
    await open('native');
    const values = async (name: RegExp): Promise<string[]> => {
      const series = page.locator('.series').filter({ has: page.getByRole('heading', { level: 3, name }) });
      return (await series.locator('td.value').allInnerTexts()).map(flat);
    };
    const numbers = async (name: RegExp) => (await values(name)).map((value) => Number.parseFloat(value));
    expect(await numbers(/belief.*before/i)).toEqual([90, 90, 88, 85, 70, 55]);
    expect(await numbers(/belief.*after/i)).toEqual([90, 88, 85, 70, 55, 45]);
    expect(await numbers(/(SUDS|distress).*(peak|highest)/i)).toEqual([75, 70, 70, 65, 80, 65]);
    const adherence = await values(/adherence|done, of what was planned/i);
    expect(adherence).toHaveLength(6);
    expect(adherence).toContain('85.7 %');
  });

  it('shows the between-session report as a note', async () => {
    await open('native');
    const note = await section('Clinical notes').locator('pre').innerText();
    expect(flat(note)).toContain('6 of 7');
    expect(note).toMatch(/\[IS:[^\]]+:v\d+\]\s*$/);
  });
});

describe('the chart of the EHR that refuses CarePlan and Task', () => {
  it('shows all of it in one note and the observations', async () => {
    await open('notes-only');
    for (const words of ['No care plan in this record yet.', 'No questionnaire responses in this record yet.']) {
      expect(await page.getByText(words).count()).toBe(1);
    }
    const notes = section('Clinical notes');
    expect(await notes.locator('pre').count()).toBe(1);
    const note = flat(await notes.locator('pre').innerText());
    for (const words of ['6 of 7', '85.7 %', '90 to 45 %', '75 to 65', 'fear']) expect(note).toContain(words);
    expect(await section('Observations').locator('td.value').count()).toBe(37);
  });
});

describe.each(['native', 'notes-only'])('for everyone, on the face %s', (face) => {
  it('has no barrier that axe finds', async () => {
    await open(face);
    await unfold();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });

  it('fits a narrow window without scrolling sideways', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await open(face);
    await unfold();
    const width = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
  });
});

describe('while somebody looks at it', () => {
  it('shows a new log by itself, and leaves opened what the reader opened', async () => {
    await open('native');
    await page.evaluate(() => Object.assign(window, { neverLoadedAgain: true }));
    const responses = section('Questionnaire responses').locator('details');
    const oldest = await responses.last().getAttribute('id');
    await responses.last().locator('summary').click();
    const api = house.api('sandbox');
    const list = z.object({ plans: z.array(z.object({ id: z.string() })) });
    const { plans } = list.parse((await api.request('GET', '/api/v1/plans?patientId=sarah')).body);
    const view = z.object({ assignments: z.array(z.object({ id: z.string(), key: z.string() })) });
    const { assignments } = view.parse((await api.request('GET', `/api/v1/plans/${plans[0]?.id}`)).body);
    const step = assignments.find(({ key }) => key === '4b');
    // an opinion given after all, when the step was missed already
    const performedAt = '2026-03-25T16:30:00-04:00';
    await api.request('POST', '/sandbox/clock', { tenant: 'sandbox', set: new Date(performedAt).toISOString() });
    await api.request('POST', `/api/v1/assignments/${step?.id}/logs`, {
      sourceId: 'sarah-log-4b',
      patientId: 'sarah',
      performedAt,
      status: 'completed',
      answers: {
        situation: 'Corridor after the meeting',
        'what-was-said': 'I would do it the other way round',
        practised: true,
      },
    });
    await page.getByText('I would do it the other way round').waitFor({ timeout: 20_000 });
    await expect.poll(() => responses.count()).toBe(7);
    expect(await page.evaluate(() => 'neverLoadedAgain' in window)).toBe(true);
    expect(await page.locator(`#${oldest}`).getAttribute('open')).not.toBeNull();
    await expect
      .poll(() => page.getByRole('status').textContent())
      .toMatch(/The chart was updated: \d+ new or changed\./);
  });
});

describe('an app that lies open in the chart', () => {
  it.each([
    [1180, 760],
    [1280, 900],
  ])('has the patient’s name above it, on opening and when one reads on (%i × %i)', async (width, height) => {
    await page.setViewportSize({ width, height });
    await open('native');
    await page.locator('form.launcher button.primary').first().click();
    const frame = page.locator('#app-panel iframe');
    await frame.waitFor();
    const name = page.getByRole('region', { name: 'Patient' }).getByRole('heading');
    const places = async () => ({ name: await name.boundingBox(), frame: await frame.boundingBox() });
    for (const down of [0, 150]) {
      await page.evaluate((by) => window.scrollBy(0, by), down);
      const at = await places();
      const bottom = (at.name?.y ?? -1) + (at.name?.height ?? 0);
      expect(at.name?.y).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(height);
      if (down === 0) expect(at.frame?.y).toBeGreaterThanOrEqual(bottom);
    }
    await page.frameLocator('#app-panel iframe').locator('.first-page').waitFor();
  });
});
