import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, openFakeService } from '../app/fake-service.ts';
import { situations } from '../app/situations.ts';
import { launchChromium } from './launch-chromium.ts';
import { openApp, openTab, violations } from './open-app.ts';
import { lookAtEachState, pressFirst, type State } from './view-states.ts';

let browser: Browser;
let service: FakeService;
beforeAll(async () => {
  browser = await launchChromium();
  service = await openFakeService(situations.connection);
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const openUnknown = (page: Page) => pressFirst(page, 'Open report report-1');

/** Every view and state of the integration team's pages, by what a person sees in it. */
const states: Readonly<Record<string, State>> = {
  overview: { situation: situations.connection, sees: '2 rows need a decision, 3 wait; the oldest for 4 days.' },
  'landing table': { situation: situations.connection, sees: 'Ask the vendor for Communication.create.' },
  'scopes assumed': {
    situation: situations.connection,
    sees: /Assumed: the scopes are granted as they were requested/,
  },
  'advertised and refused': { situation: situations.connection, sees: 'CarePlan create' },
  'the last check of the ledger': { situation: situations.connection, sees: /64 rows were checked, .*: 2 differ\./ },
  'patients who are merged, gone or inactive': {
    situation: situations.heldPatients,
    sees: '1 patient merged in the EHR, to be confirmed, 1 patient no longer in the EHR',
  },
  'the other record of a patient who is gone': {
    situation: situations.heldPatients,
    go: (page) => pressFirst(page, 'Name their other record of Patient/mei-lin-zhou'),
    sees: /It counts only if the record that goes on says there that it replaces this one/,
  },
  'a repair without a reason': {
    situation: situations.connection,
    async go(page) {
      await pressFirst(page, 'Check and repair');
      await page.getByRole('dialog').getByRole('button', { name: 'Check and repair' }).click();
    },
    sees: /Please give a reason/,
  },
  'a check under way': {
    situation: situations.connection,
    go: (page) => pressFirst(page, 'Check now'),
    sees: /A check is under way: 0 rows were checked so far/,
  },
  'nothing waits': { situation: situations.quietConnection, sees: 'Nothing needs a decision, and nothing waits.' },
  'the EHR is down': {
    situation: {
      ...situations.connection,
      integration: {
        ...situations.connection.integration,
        connection: {
          ...{ answers: false, fhirBase: 'https://fhir.harbor.example/r4', vendor: 'generic' },
          ...{ successes: [], corrections: [] },
        },
      },
    },
    sees: /Nothing is lost/,
  },
  'the connection cannot be looked at': {
    situation: situations.connection,
    prepare: (service) => service.refuse('/app/v1/connection', 500, 'internal'),
    sees: 'not known',
  },
  ledger: { situation: situations.connection, go: (page) => openTab(page, 'Ledger'), sees: /^\d\d rows$/ },
  'ledger of one state': {
    situation: situations.connection,
    async go(page) {
      await openTab(page, 'Ledger');
      await page.getByLabel('State').selectOption('rejected');
    },
    sees: '1 row',
  },
  'a ledger in which nothing is found': {
    situation: situations.connection,
    async go(page) {
      await openTab(page, 'Ledger');
      await page.getByLabel('Find').fill('Task/does-not-stand-here');
    },
    sees: 'No such row',
  },
  'many that are tried again, without a reason': {
    situation: situations.connection,
    async go(page) {
      await openTab(page, 'Ledger');
      await page.getByLabel('State').selectOption('waiting');
      await pressFirst(page, 'Try all 3 again …');
      await page.getByRole('dialog').getByRole('button', { name: 'Try 3 again' }).click();
    },
    sees: /Please give a reason/,
  },
  'what was sent, and the last successes': {
    situation: situations.connection,
    async go(page) {
      await page.getByText(/^Last success .* by kind/).click();
      await pressFirst(page, /^Open log 1f2b/);
      await page.getByText('What was sent: create').click();
    },
    sees: /What people wrote, answered or did is masked/,
  },
  'an empty ledger': {
    situation: situations.quietConnection,
    go: (page) => openTab(page, 'Ledger'),
    sees: 'Nothing yet',
  },
  'a row with the EHR’s words': {
    situation: situations.connection,
    go: (page) => pressFirst(page, /^Open log 1f2b/),
    sees: /questionnaire is not known here/,
  },
  'a decision without a reason': {
    situation: situations.connection,
    async go(page) {
      await openUnknown(page);
      await pressFirst(page, 'It is there');
      await page.getByRole('dialog').getByRole('button', { name: 'It is there' }).click();
    },
    sees: /Please give a reason/,
  },
  'read only': { situation: { ...situations.connection, canWrite: false }, sees: /granted this sign-in no writing/ },
  expired: {
    situation: situations.connection,
    async go(page, service) {
      await openUnknown(page);
      await pressFirst(page, 'Withdraw it');
      service.expire();
      await page.getByLabel('Reason').fill('On paper already');
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw it' }).click();
    },
    sees: 'Your sign-in has ended',
  },
  loading: {
    situation: situations.connection,
    prepare: (service) => service.hang('/app/v1/ledger/summary'),
    sees: /Loading the connection/,
  },
  error: {
    situation: situations.connection,
    prepare: (service) => service.refuse('/app/v1/ledger/summary', 500, 'internal'),
    sees: 'That did not work',
  },
};

describe('the integration team’s pages', () =>
  lookAtEachState(states, {
    width: 400,
    looks: [{ theme: 'light' }, { theme: 'dark', width: 1400 }],
  }));

it('is decided by the keyboard alone, and what was decided is said', async () => {
  service.set(situations.connection);
  const { page, context } = await openApp(browser, service);
  await page.getByRole('button', { name: 'Open report report-1' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'report report-1' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'It is there' }).waitFor();
  await page.getByText(/This cannot be undone here/).waitFor();
  await page.getByLabel('Where it stands in the EHR').focus();
  await page.keyboard.type('DocumentReference/42');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Seen in the chart');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Noted: it is there').waitFor();
  await page.getByText('DocumentReference/42: Seen in the chart').waitFor();
  await page.getByText(/What is wrong with it is put right in the record/).waitFor();
  expect(service.calls.at(-1)).toMatchObject({
    method: 'POST',
    path: '/app/v1/ledger/report/report-1/confirm',
    body: { reference: 'DocumentReference/42', reason: 'Seen in the chart' },
  });
  expect(await violations(page)).toEqual([]);
  await page.goBack();
  await page.getByText('1 row needs a decision, 3 wait; the oldest for 3 days.').waitFor();
  await context.close();
});

it('shows the first page in four calls, and no id in any address', async () => {
  service.set(situations.connection);
  const { page, context } = await openApp(browser, service);
  await page.getByText('QuestionnaireResponse can be created here').waitFor();
  const asked = service.calls.filter(({ path }) => path.startsWith('/app/v1/')).map(({ path }) => path);
  expect(asked.toSorted()).toEqual([
    '/app/v1/connection',
    '/app/v1/ledger/check',
    '/app/v1/ledger/summary',
    '/app/v1/merges',
  ]);
  await openUnknown(page);
  await page.getByRole('heading', { name: 'report report-1' }).waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/app');
  await page.reload();
  await page.getByRole('heading', { name: 'report report-1' }).waitFor();
  await context.close();
});
