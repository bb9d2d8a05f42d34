import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type House, openHouse } from '../start/open-house.ts';
import { patience } from '../start/run-process.ts';
import { launchChromium } from './launch-chromium.ts';
import { violations } from './open-app.ts';
import { commitsOf, control, openInWindow, openVisit, setClock, type Visit } from './real-visit.ts';

/** The integration team's page on the real thing: what is decided in it, and what the EHR then has. */
let house: House;
let browser: Browser;
let visit: Visit;
let page: Page;
let assignmentId: string;
let count = 0;

const seconds = { timeout: 30_000 };
const planned = z.object({ assignments: z.array(z.object({ id: z.string() })) });
const made = z.object({ id: z.string() });
const secret = 'You spoke up, Sarah';

const fault = (order: object) =>
  control(house.ehr, 'POST', '/control/faults', { face: 'native', type: 'Communication', ...order });

/** Gives feedback while the EHR is disturbed, and waits until its row stands so. */
async function feedbackThatIs(state: string): Promise<string> {
  const api = house.api('sandbox');
  const body = { sourceId: `feedback-${++count}`, author: 'Practitioner/dr-okafor', text: `${secret} ${count}` };
  const answer = await api.request('POST', `/api/v1/assignments/${assignmentId}/feedback`, body);
  const { id } = made.parse(answer.body);
  await expect
    .poll(async () => (await api.request('GET', `/api/v1/ledger/feedback/${id}`)).body, seconds)
    .toMatchObject({ state });
  return id;
}

const ofFeedback = (id: string) => commitsOf(house).filter((commit) => JSON.stringify(commit).includes(id));

async function openConnection(theme: 'light' | 'dark' = 'light'): Promise<Page> {
  const list = await visit.open(`${house.ehr}/?face=native`);
  const opened = await openInWindow(list, 'Open the connection as Noor Haddad');
  await opened.emulateMedia({ colorScheme: theme });
  await opened.getByRole('heading', { name: 'Connection to Harbor Clinic (sandbox)' }).waitFor();
  return opened;
}

async function decide(id: string, words: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: `Open feedback ${id}` }).click();
  await page.getByRole('heading', { name: `feedback ${id}` }).waitFor();
  await page.getByRole('button', { name: words, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: words });
  for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label).fill(text);
  await dialog.getByRole('button', { name: words, exact: true }).click();
  await page.getByText(`Noted: ${words.toLowerCase()}`).waitFor();
}

beforeAll(async () => {
  const launching = launchChromium();
  house = await openHouse();
  browser = await launching;
  await setClock(house, '2026-03-02T14:00:00.000Z');
  const { body } = await house.api('sandbox').request('POST', '/api/v1/plans', {
    sourceId: 'plan-of-sarah',
    patientId: 'sarah',
    libraryPlan: 'social-anxiety-speaking-up|1.0.0',
    author: 'Practitioner/dr-okafor',
    period: { start: '2026-03-02', end: '2026-04-20' },
  });
  assignmentId = planned.parse(body).assignments[0]?.id ?? '';
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
  const bodies = await visit.bodies();
  const own = bodies.filter(({ url }) => url.includes('/app/v1/'));
  expect(own.length).toBeGreaterThan(0);
  // neither names nor what anyone wrote reach this page
  for (const { url, text } of own)
    expect([url, text.includes(secret), /Whitfield/.test(text)]).toEqual([url, false, false]);
  expect(visit.addresses.filter((address) => /feedback-\d|sarah/i.test(new URL(address).search))).toEqual([]);
  await visit.context.close();
  expect(visit.complaints).toEqual([]);
});

describe('the connection page', () => {
  it('says that the EHR answers, what lands where, and that nothing waits; accessible in both themes', async () => {
    for (const theme of ['light', 'dark'] as const) {
      page = await openConnection(theme);
      await page.getByText('answers', { exact: true }).waitFor();
      const plans = page
        .getByRole('table', { name: 'Landing table' })
        .getByRole('row', { name: /^plan, assignment, occurrence/ });
      await plans.getByText('native', { exact: true }).waitFor();
      await page.getByText('Nothing needs a decision, and nothing waits.').waitFor();
      expect(await violations(page)).toEqual([]);
    }
  });

  it('tries again what was refused: it lands, once', async () => {
    await fault({ method: 'POST', action: 'status', status: 422, times: 1 });
    const id = await feedbackThatIs('rejected');
    expect(ofFeedback(id)).toEqual([]);
    page = await openConnection();
    await page.getByText('1 row needs a decision; the oldest for').waitFor();
    await decide(id, 'Try again, it is mended', { Reason: 'The EHR team fixed the rule' });
    await page.getByText('landed', { exact: true }).waitFor();
    await page.getByText('The EHR team fixed the rule, said by Practitioner/integration-haddad').waitFor();
    expect(await violations(page)).toEqual([]);
    await house.running.idle();
    expect(ofFeedback(id)).toMatchObject([{ type: 'Communication', interaction: 'create' }]);
  });

  it('confirms what was sent and not answered: it is not sent again', async () => {
    await fault({ method: 'POST', action: 'drop-after-commit', times: 1 });
    // delivery reads the patient once, sends, and would look for it by itself in a moment: the patient cannot be read then
    await fault({ type: 'Patient', method: 'GET', action: 'delay', delayMs: 0, times: 1 });
    await fault({ type: 'Patient', method: 'GET', action: 'status', status: 503, times: 10_000 });
    const id = await feedbackThatIs('unknown');
    const [commit, ...more] = ofFeedback(id);
    expect(more).toEqual([]);
    // rows are listed by their reason, which is another once it was looked for
    await expect
      .poll(async () => (await house.api('sandbox').request('GET', `/api/v1/ledger/feedback/${id}`)).body, seconds)
      .toMatchObject({ state: 'unknown', because: null });
    page = await openConnection();
    // it is looked for by itself, and so is among what waits
    await page.getByText('1 waits; the oldest for').waitFor();
    await page.getByRole('button', { name: 'Show unknown rows of feedback' }).click();
    await page.getByRole('button', { name: `Open feedback ${id}` }).click();
    await page.getByRole('button', { name: 'It is there', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'It is there' });
    await dialog.getByLabel('Reason').fill('Seen in the chart');
    const confirm = async (reference: string, said: string) => {
      await dialog.getByLabel('Where it stands in the EHR').fill(reference);
      await dialog.getByRole('button', { name: 'It is there', exact: true }).click();
      await page.getByText(said).waitFor();
    };
    await confirm('Communication/none', 'Cannot confirm Communication/none: nothing stands there.');
    await confirm('Practitioner/dr-okafor', 'it is of another type than this lands as');
    await confirm(`Communication/${commit?.id}`, 'Noted: it is there');
    await control(house.ehr, 'DELETE', '/control/faults');
    await page.getByText('landed', { exact: true }).waitFor();
    await house.running.idle();
    expect(ofFeedback(id)).toHaveLength(1);
    const row = (await house.api('sandbox').request('GET', `/api/v1/ledger/feedback/${id}`)).body;
    expect(row).toMatchObject({ state: 'landed', ehrReference: `Communication/${commit?.id}` });
  });

  it('withdraws what shall not land: it never does', async () => {
    await fault({ method: 'POST', action: 'status', status: 422, times: 1 });
    const id = await feedbackThatIs('rejected');
    page = await openConnection();
    await decide(id, 'Withdraw it', { Reason: 'The chart has it on paper' });
    await page.getByText('withdrawn', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Let it land after all' }).waitFor();
    await page.getByRole('button', { name: 'Connection', exact: true }).click();
    await page.getByText('Nothing needs a decision, and nothing waits.').waitFor();
    await house.running.idle();
    expect(ofFeedback(id)).toEqual([]);
  });
});
