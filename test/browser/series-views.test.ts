import { describe } from 'vitest';
import { cardsAtTheVisit, daily, onThursday, threeAWeek, twiceADay } from '../app/series-case.ts';
import { situations } from '../app/situations.ts';
import { lookAtEachState, pressFirst, type State } from './view-states.ts';

/** What is done again and again, on the patient’s page, in its form, and as a clinician asks for it. */
const patient: Readonly<Record<string, State>> = {
  'every day': { situation: onThursday(daily), sees: '1 of 7 this week. 5 of 7 is good.' },
  'twice a day': { situation: onThursday(twiceADay), sees: 'today, evening' },
  'three times a week': { situation: onThursday(threeAWeek), sees: '1 of 3 this week. 2 of 3 is good.' },
  'days that were left out': {
    situation: onThursday(daily),
    go: (page) => page.getByText('One more day').click(),
    sees: /Tue, Mar 17, later/,
  },
  'yesterday’s form, with a part kept': {
    situation: onThursday(daily),
    async go(page) {
      await pressFirst(page, /yesterday, later/);
      await page
        .getByRole('checkbox', { name: /Keep this part/ })
        .first()
        .check();
    },
    sees: 'Only you can read this part.',
  },
};
const clinician: Readonly<Record<string, State>> = {
  'the plan with a daily step': {
    situation: onThursday(daily, 'clinician'),
    go: (page) => pressFirst(page, 'Plan'),
    sees: /every day/,
  },
  'cards beside each other': {
    situation: cardsAtTheVisit,
    go: (page) => page.locator('.day-grid').first().waitFor(),
    sees: /Written on \d+ of \d+ days/,
  },
  'another step, some days a week': {
    situation: { ...situations.firstDay, role: 'clinician' },
    async go(page) {
      await pressFirst(page, 'Plan');
      await pressFirst(page, /More for this plan/);
      await page.getByRole('menuitem', { name: /Add a step/ }).click();
      await page.getByLabel('How often').selectOption('weekdays');
      await page.getByRole('checkbox', { name: 'Morning' }).check();
      await page.getByLabel('Good enough in a week').fill('9');
      await page.getByRole('button', { name: 'Add this step' }).click();
    },
    sees: /A week has 3 at most/,
  },
  'a plan with days off': {
    situation: { ...situations.firstDay, role: 'clinician' },
    async go(page) {
      await pressFirst(page, 'Plan');
      await pressFirst(page, /More for this plan/);
      await page.getByRole('menuitem', { name: /Change this plan/ }).click();
      await page.getByRole('button', { name: 'Add days off' }).click();
    },
    sees: 'First day off',
  },
};

describe.each([400, 1400])('what is done again and again, %i wide', (width) => {
  lookAtEachState({ ...patient }, { width });
});
describe.each([400, 1400])('a rhythm that a clinician asks for, %i wide', (width) => {
  lookAtEachState({ ...clinician }, { width });
});
