import { describe } from 'vitest';
import { newerPlan, situations } from '../app/situations.ts';
import { chooseAct } from './choose-act.ts';
import { openTab } from './open-app.ts';
import { lookAtEachState, pressFirst, type State } from './view-states.ts';

/** Every view and every state of the clinician’s pages that was designed, by what a person sees in it. */
const states: Readonly<Record<string, State>> = {
  'since last visit': {
    situation: situations.atTheVisit,
    sees: /Done of the plan: 6 of 7 that were due so far\. Belief went down in this time, from \d\d % before step \d to 45 % after/,
  },
  'since last visit, of two plans': {
    situation: { ...situations.atTheVisit, plans: [...situations.atTheVisit.plans, newerPlan] },
    sees: /Both plans: /,
  },
  plan: {
    situation: situations.atTheVisit,
    go: (page) => openTab(page, 'Plan'),
    sees: /Stays locked, because step 4b is missed/,
  },
  'plan, what the patient reads': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await page.getByRole('heading', { name: /^Step 1:/ }).click();
      await page.getByText('What the patient reads').first().click();
    },
    sees: /In your next three team meetings/,
  },
  unlocking: {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await pressFirst(page, /^Unlock/);
      await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
    },
    sees: /Please give a reason/,
  },
  'noting a barrier': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await chooseAct(page, 'Note a barrier', 'step 4b');
    },
    sees: /In the patient’s words if you can/,
  },
  'logs with all answers': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Logs');
      for (const summary of await page.getByText('All answers').all()) await summary.click();
      await page.getByText('All values').first().click();
    },
    sees: 'Kept private by the patient',
  },
  messages: {
    situation: situations.atTheVisit,
    go: (page) => openTab(page, 'Messages'),
    sees: /Lighter than I thought/,
  },
  'in the chart, note read': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'In the chart');
      await pressFirst(page, 'Read the note');
    },
    sees: /Homework between visits: \d of \d done/,
  },
  'no plan yet': { situation: situations.noPlanYet, sees: 'No homework yet for Sarah Whitfield' },
  assigning: {
    situation: situations.noPlanYet,
    async go(page) {
      await pressFirst(page, 'Assign a plan');
      await page.getByRole('heading', { name: /^Step 1:/ }).click();
      await page.getByLabel('How many team meetings').fill('0');
      await pressFirst(page, /^Assign to/);
    },
    sees: 'A whole number, from 1 to 100.',
  },
  'paper log': {
    situation: situations.atTheVisit,
    async go(page) {
      await openTab(page, 'Plan');
      await chooseAct(page, 'Enter a paper log', 'step 1');
    },
    sees: /On the patient’s behalf/,
  },
  'read only': {
    situation: { ...situations.atTheVisit, canWrite: false },
    go: (page) => openTab(page, 'Plan'),
    sees: /has given permission to read/,
  },
  expired: {
    situation: situations.atTheVisit,
    async go(page, service) {
      await openTab(page, 'Messages');
      await page.getByLabel('What you want to say').fill('Well done');
      service.expire();
      await pressFirst(page, 'Send to the patient');
    },
    sees: 'Your sign-in has ended',
  },
  loading: {
    situation: situations.atTheVisit,
    prepare: (service) => service.hang('/app/v1/patient'),
    go: (page) => page.waitForURL('**/app'),
    sees: /Loading/,
  },
  'error with retry': {
    situation: situations.atTheVisit,
    prepare: (service) => service.refuse('/app/v1/patient', 500, 'internal'),
    sees: 'That did not work',
  },
  'a patient without a name shown by the EHR’s own banner': {
    situation: { ...situations.atTheVisit, needPatientBanner: false },
    sees: 'What needs care',
  },
};

describe('the clinician’s pages', () => lookAtEachState(states, { width: 1200 }));
