import type { QuestionnaireResponse } from 'fhir/r4';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readEhr } from '../oracle/read-ehr.ts';
import { type House, openHouse } from '../start/open-house.ts';
import { patience } from '../start/run-process.ts';
import { launchChromium } from './launch-chromium.ts';
import {
  commitsOf,
  control,
  keptBy,
  openChart,
  openInChart,
  openInWindow,
  openVisit,
  orderLaunch,
  setClock,
  tokensOf,
  type Visit,
} from './real-visit.ts';
import { sendLog } from './turn-pages.ts';

/** Sign-ins as they go right and wrong, and what they leave in a browser. */
let house: House;
let browser: Browser;
let visit: Visit;

const startOf = (fhir: string): string => `${house.running.url}/launch?${new URLSearchParams({ iss: fhir })}`;
const native = (): string => `${house.ehr}/fhir/native`;
/** Anything by which somebody in these tests could be told; a file may be of lines. */
const person = /sarah|whitfield|\bin[eê]s\b|carvalho|tomasz|nowak|okafor|1991-06-14|4470021/i;
/** The addresses that tell somebody; a built file is named by what is in it and by a hash, which may spell anything. */
const naming = (addresses: readonly string[]) =>
  addresses.filter(
    (address) => !address.startsWith(`${house.running.url}/assets/`) && person.test(decodeURIComponent(address)),
  );
const secret = 'nobody else must read this';

beforeAll(async () => {
  const launching = launchChromium();
  house = await openHouse();
  browser = await launching;
  await setClock(house, '2026-03-02T14:00:00.000Z');
  const api = house.api('sandbox');
  for (const patientId of ['sarah', 'ines-carvalho', 'tomasz-nowak']) {
    const { status } = await api.request('POST', '/api/v1/plans', {
      sourceId: `plan-of-${patientId}`,
      patientId,
      libraryPlan: 'social-anxiety-speaking-up|1.0.0',
      author: patientId === 'tomasz-nowak' ? 'Practitioner/dr-lindqvist' : 'Practitioner/dr-okafor',
      period: { start: '2026-03-02', end: '2026-04-20' },
    });
    expect(status).toBe(201);
  }
  await house.running.idle();
}, patience);
afterAll(async () => {
  await browser?.close();
  await house?.close();
});
beforeEach(async () => {
  visit = await openVisit(browser);
});
afterEach(async () => {
  await control(house.ehr, 'DELETE', '/control/faults');
  await visit.context.close();
  expect(visit.complaints).toEqual([]);
});

const situation = (page: Page) => page.getByRole('textbox', { name: /What was the situation/ });
/** What the EHR wrote down as committed of logs, in order. */
const committedLogs = (): string[] =>
  commitsOf(house)
    .filter(({ type }) => type === 'QuestionnaireResponse')
    .map(({ interaction, id }) => `${interaction} ${id}`);
/** The logs that the EHR holds, read by its own API. */
async function logsInEhr(patientId: string): Promise<QuestionnaireResponse[]> {
  await house.running.idle();
  const ehr = await readEhr(native(), house.dataDir);
  return ehr.search<QuestionnaireResponse>('QuestionnaireResponse', { patient: `Patient/${patientId}` });
}
const startLog = (page: Page) =>
  page
    .getByRole('button', { name: /^Write it down|^Go on writing/ })
    .first()
    .click();
const kept = z.object({ session: z.string(), launchId: z.string() });
const sessionOf = async (page: Page) =>
  kept.parse(JSON.parse((await page.evaluate(() => sessionStorage.getItem('intersession.session'))) ?? 'null'));

/** Ends a tab's session behind its back, as an idle half hour does. */
async function endSession(page: Page): Promise<void> {
  const { session, launchId } = await sessionOf(page);
  const headers = { authorization: `Bearer ${session}`, 'x-launch': launchId };
  const { status } = await fetch(`${house.running.url}/smart/session`, { method: 'DELETE', headers });
  expect(status).toBe(204);
}

/** Above the page it says so, and asks for signing in; beside what is typed it says what became of it. */
const signInEnded = (page: Page) =>
  page.getByRole('alert').getByText('Your sign-in has ended', { exact: true }).waitFor();

/** Signs in at the sandbox EHR's own page. */
async function signIn(page: Page, name: string, patient?: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  if (patient !== undefined) await page.getByLabel('Patient', { exact: true }).selectOption({ label: patient });
  await page.getByRole('button', { name: 'Allow what is ticked' }).click();
}

describe('opening it', () => {
  it('by itself leads over the EHR’s sign-in to the patient who is chosen there', async () => {
    const page = await visit.open(startOf(native()));
    await signIn(page, 'Dr. Adaeze Okafor', 'Inês Carvalho');
    await page.waitForURL('**/app');
    await page.getByText('Inês Carvalho').first().waitFor();
    await page.getByRole('button', { name: 'Plan', exact: true }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Speaking up in meetings', exact: true }).waitFor();
  });

  it('in a window of its own shows whose chart it is', async () => {
    const chart = await openChart(visit, house, '/chart/ines-carvalho?face=native');
    const page = await openInWindow(chart, 'Open Intersession as Dr. Adaeze Okafor');
    await page.locator('.patient-banner').getByText('Inês Carvalho').waitFor();
  });

  it('twice with two patients keeps each to its own tab, after a reload too', async () => {
    const okafor = { user: 'Practitioner/dr-okafor', needPatientBanner: true };
    const firstTab = await visit.open((await orderLaunch(house, { ...okafor, patient: 'sarah' })).launchUrl);
    await firstTab.locator('.patient-banner').getByText('Sarah Whitfield').waitFor();
    const other = await visit.open((await orderLaunch(house, { ...okafor, patient: 'ines-carvalho' })).launchUrl);
    await other.locator('.patient-banner').getByText('Inês Carvalho').waitFor();
    await Promise.all([firstTab.reload(), other.reload()]);
    await firstTab.locator('.patient-banner').getByText('Sarah Whitfield').waitFor();
    await other.locator('.patient-banner').getByText('Inês Carvalho').waitFor();
    expect(await firstTab.content()).not.toContain('Carvalho');
    expect(await other.content()).not.toContain('Whitfield');
    const [first, second] = [await sessionOf(firstTab), await sessionOf(other)];
    expect(first.session).not.toBe(second.session);
    const crossed = await fetch(`${house.running.url}/app/v1/patient`, {
      headers: { authorization: `Bearer ${first.session}`, 'x-launch': second.launchId },
    });
    expect(crossed.status).toBe(403);
  });
});

describe('a sign-in that ends in the middle of typing', () => {
  it('loses no character, over signing in again at the EHR', async () => {
    const { launchUrl } = await orderLaunch(house, { user: 'Patient/sarah', patient: 'sarah' });
    const page = await visit.open(launchUrl);
    await startLog(page);
    await situation(page).fill('They all look');
    await page.getByText('Saved. You can leave').waitFor();
    await endSession(page);
    await situation(page).pressSequentially(' at me 🙂');
    await signInEnded(page);
    await situation(page).press('!');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signIn(page, 'Sarah Whitfield');
    await page.waitForURL('**/app');
    await startLog(page);
    await expect.poll(() => situation(page).inputValue()).toBe('They all look at me 🙂!');
    await page.getByText('Saved. You can leave').waitFor();
    expect(await logsInEhr('sarah'), 'what is not sent has not reached the EHR').toEqual([]);
    expect(committedLogs()).toEqual([]);
    await sendLog(page);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    const held = await logsInEhr('sarah');
    expect(held.map(({ status, item }) => [status, item?.[0]?.answer?.[0]?.valueString])).toEqual([
      ['completed', 'They all look at me 🙂!'],
    ]);
    expect(committedLogs()).toEqual([`create ${held[0]?.id}`]);
    await endSession(page);
  });

  it('gives somebody else who signs in on that device nothing of it', async () => {
    const { launchUrl } = await orderLaunch(house, { user: 'Patient/sarah', patient: 'sarah' });
    const page = await visit.open(launchUrl);
    await startLog(page);
    await endSession(page);
    await situation(page).fill(secret);
    await signInEnded(page);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signIn(page, 'Inês Carvalho');
    await page.getByRole('heading', { name: 'Hello Inês' }).waitFor();
    await startLog(page);
    expect(await situation(page).inputValue()).toBe('');
    await expect.poll(() => keptBy(page)).not.toContain('intersession.drafts');
    expect(await page.content()).not.toMatch(/Whitfield|nobody else/);
    const hers = 'written by Inês herself';
    await situation(page).fill(hers);
    await sendLog(page);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    const [log, ...more] = await logsInEhr('ines-carvalho');
    expect([log?.author?.reference, JSON.stringify(log).includes(hers), more]).toEqual([
      'Patient/ines-carvalho',
      true,
      [],
    ]);
    expect(JSON.stringify(await logsInEhr('sarah'))).not.toContain(secret);
    expect(committedLogs().at(-1)).toBe(`create ${log?.id}`);
  });
});

describe('the coordinator', () => {
  it('finds, filters, notes a contact and opens a patient; one with a restricted chart is absent', async () => {
    await house.running.idle();
    const commits = commitsOf(house).length;
    const list = await openChart(visit, house, '/?face=native');
    const app = await openInChart(list, 'Open the worklist as Marisol Reyes');
    await app.getByRole('heading', { name: 'Who needs a call' }).waitFor();
    await app.getByText('2 patients').waitFor();
    await setClock(house, '2026-03-17T18:00:00.000Z');
    // nothing is overdue in the list as it was read; read anew it offers whom to look at
    await app.getByLabel('Order').selectOption({ label: 'Family name' });
    await app.getByRole('button', { name: /^Overdue/ }).click();
    await app.getByRole('button', { name: 'All', exact: true }).click();
    await app.getByLabel('Search by name or plan').fill('carvalho');
    await app.getByText(/^1 here, of 2 patients/).waitFor();
    await app.getByRole('button', { name: 'Note a contact with Inês Carvalho' }).click();
    await app.getByLabel('What was said').fill('Was away, begins on Monday');
    await app.getByRole('button', { name: 'Save' }).click();
    await app.getByText('Was away, begins on Monday').waitFor();
    await app.getByLabel('Search by name or plan').fill('');
    await app.getByText('2 patients').waitFor();
    await app.getByText('1 patient with homework is not in this list: the EHR does not show them to you.').waitFor();
    const frame = list.frame('app');
    expect(await frame?.content()).not.toMatch(/nowak|tomasz|lindqvist/i);
    await app.getByRole('button', { name: 'Open Inês Carvalho' }).click();
    await app.locator('.patient-banner').getByText('Inês Carvalho').waitFor();
    await app.getByText('To read only').waitFor();
    await app.getByRole('button', { name: 'Back to the list' }).click();
    await app.getByText('2 patients').waitFor();
    await setClock(house, '2026-03-02T14:00:00.000Z');
    await house.running.idle();
    expect(
      commitsOf(house)
        .slice(commits)
        // the clock that moved on makes due times and counts; a coordinator makes nothing
        .filter(({ type }) => !['CarePlan', 'Task', 'Observation'].includes(type)),
    ).toEqual([]);
    expect(naming(visit.addresses).filter((address) => address.startsWith(house.running.url))).toEqual([]);
  });

  it('is told when the EHR has ended the sign-in, and keeps what was being written', async () => {
    const { launchUrl } = await orderLaunch(house, { user: 'Practitioner/coordinator-reyes' });
    const page = await visit.open(launchUrl);
    const anyone = page.getByRole('row').filter({ hasText: 'Dr. Adaeze Okafor' }).first();
    await anyone.getByRole('button', { name: /^Note a contact/ }).click();
    await page.getByLabel('What was said').fill('Called, no answer');
    await control(house.ehr, 'DELETE', '/control/sessions');
    await page.keyboard.press('Escape');
    await anyone.getByRole('button', { name: /^Open/ }).click();
    await signInEnded(page);
    await anyone.getByRole('button', { name: /^Note a contact/ }).click();
    expect(await page.getByLabel('What was said').inputValue()).toBe('Called, no answer');
  });
});

describe('in the browser there is', () => {
  it('no token of the EHR and nobody in an address while signed in, and nothing of anyone afterwards', async () => {
    const okafor = { user: 'Practitioner/dr-okafor', patient: 'sarah', needPatientBanner: true };
    const page = await visit.open((await orderLaunch(house, okafor)).launchUrl);
    await page.locator('.patient-banner').waitFor();
    for (const name of ['Plan', 'Logs', 'Messages', 'In the chart']) {
      await page.getByRole('navigation').getByRole('button', { name }).click();
    }
    await page.getByRole('navigation').getByRole('button', { name: 'Messages' }).click();
    const tokens = tokensOf(house);
    const held = await Promise.all(
      tokens.map((token) => fetch(`${native()}/Patient/sarah`, { headers: { authorization: `Bearer ${token}` } })),
    );
    expect(
      held.some(({ ok }) => ok),
      'they are tokens that the EHR takes',
    ).toBe(true);
    const bodies = await visit.bodies();
    expect(bodies.filter(({ url, text }) => url.includes('/app/v1/') && text.includes('Whitfield'))).not.toEqual([]);
    const everything = [await keptBy(page), ...visit.addresses, ...bodies.map(({ text }) => text)];
    expect(tokens.filter((token) => everything.some((text) => text.includes(token)))).toEqual([]);
    const tokenWords = /access_token|refresh_token|id_token|eyJ[\w-]{10,}\.eyJ/;
    const fromUs = bodies.filter(({ url }) => url.startsWith(house.running.url) && !url.includes('/assets/'));
    expect(fromUs.filter(({ text }) => tokenWords.test(text)).map(({ url }) => url)).toEqual([]);
    expect(await keptBy(page)).not.toMatch(/Whitfield|Adaeze|1991-06-14|4470021/);
    expect(naming(visit.addresses)).toEqual([]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    const left = await keptBy(page);
    expect(left).not.toMatch(person);
    expect(left).not.toMatch(/intersession\.(session|drafts|tab)/);
    expect(await page.content()).not.toMatch(person);
    await page.goBack().catch(() => null);
    expect(await page.locator('body').innerText()).not.toMatch(person);
  });
});

describe('a launch that goes wrong ends on a page in plain words with nobody on it:', () => {
  const clinician = { user: 'Practitioner/dr-okafor', patient: 'sarah' };
  async function endsWith(page: Page, heading: string): Promise<void> {
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await page.content()).not.toMatch(person);
    expect(await keptBy(page)).not.toContain('intersession.session');
    expect(new URL(page.url()).search).not.toContain('code=');
  }

  it('another EHR’s address, of which nothing is asked', async () => {
    const page = await visit.open(startOf('https://ehr.example/fhir'));
    await endsWith(page, 'This EHR is not connected');
    expect(visit.addresses.filter((address) => address.startsWith('https://ehr.example'))).toEqual([]);
  });

  it('a launch without a patient', async () => {
    const { launchUrl } = await orderLaunch(house, { user: 'Practitioner/dr-okafor' });
    await endsWith(await visit.open(launchUrl), 'No patient was chosen');
  });

  it('a patient whom this user may not open', async () => {
    const { launchUrl } = await orderLaunch(house, { user: 'Practitioner/dr-okafor', patient: 'tomasz-nowak' });
    await endsWith(await visit.open(launchUrl), 'This sign-in belongs to someone else');
  });

  it.each([
    ['of another sign-in', 'nonce'],
    ['signed by nobody that it knows', 'signature'],
    ['of another access token', 'at_hash'],
  ])('an id_token %s', async (_what, tamper) => {
    const { launchUrl } = await orderLaunch(house, { ...clinician, tamper });
    await endsWith(await visit.open(launchUrl), 'We could not be sure who you are');
  });

  it('a token of another user', async () => {
    const { launchUrl } = await orderLaunch(house, { ...clinician, tamper: 'other-user' });
    await endsWith(await visit.open(launchUrl), 'This sign-in belongs to someone else');
  });

  it('a page that was opened without a chart', async () => {
    await endsWith(await visit.open(`${house.running.url}/launch`), 'This page was opened without a chart');
  });

  it('access that was not allowed', async () => {
    const page = await visit.open((await orderLaunch(house, { ...clinician, consent: 'ask' })).launchUrl);
    await page.getByRole('button', { name: "Don't allow" }).click();
    await endsWith(page, 'Access was not allowed');
  });

  it('an EHR that is down, until it is back', async () => {
    const { launchUrl } = await orderLaunch(house, clinician);
    const fault = { face: 'native', type: 'token', action: 'status', status: 503, times: 5 };
    await control(house.ehr, 'POST', '/control/faults', fault);
    const page = await visit.open(launchUrl);
    await endsWith(page, 'The EHR does not answer');
    await control(house.ehr, 'DELETE', '/control/faults');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signIn(page, 'Dr. Adaeze Okafor', 'Sarah Whitfield');
    await page.getByText('Sarah Whitfield').first().waitFor();
  });

  it('an answer of the EHR that was used, in this tab or in another', async () => {
    const page = await visit.open((await orderLaunch(house, clinician)).launchUrl);
    await page.waitForURL('**/app');
    const used = visit.addresses.find((address) => address.includes('/callback?')) ?? '';
    expect(used).toContain('code=');
    const other = await visit.open(used);
    await endsWith(other, 'This sign-in was already used, or is too old');
  });

  it('a launch that was used', async () => {
    const { launchUrl } = await orderLaunch(house, clinician);
    const page = await visit.open(launchUrl);
    await page.waitForURL('**/app');
    const again = await visit.open(launchUrl);
    await expect.poll(() => again.locator('h1').innerText()).not.toMatch(/since|sarah/i);
    await again.waitForLoadState();
    expect(await again.content()).not.toMatch(/whitfield/i);
  });
});
