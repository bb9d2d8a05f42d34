import { describe } from 'vitest';
import { situations } from '../app/situations.ts';
import { chooseAct } from './choose-act.ts';
import { openTab } from './open-app.ts';
import { type Look, lookAtEachState, type State } from './view-states.ts';

const visit = situations.atTheVisit;
const running = { ...visit, now: '2026-03-23T20:00:00.000Z', plans: situations.opinionDue.plans };

/** The forms that change a running plan. */
const states: Readonly<Record<string, State>> = {
  'a step that is being changed': {
    situation: running,
    async go(page) {
      await openTab(page, 'Plan');
      await chooseAct(page, 'Change this step', 'step 4b');
      await page.getByRole('dialog').getByLabel('Title').fill('Say one sentence');
    },
    sees: 'From now on',
  },
  'a smaller step that is being made, with what is missing': {
    situation: visit,
    async go(page) {
      await openTab(page, 'Plan');
      await page.getByRole('button', { name: 'Make a smaller step before step 4b' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Put it before' }).click();
    },
    sees: 'Please give a reason',
  },
  'a step that is being added': {
    situation: running,
    async go(page) {
      await openTab(page, 'Plan');
      await chooseAct(page, 'Add a step', 'this plan');
      await page.getByRole('dialog').getByLabel('How often').selectOption('event');
    },
    sees: 'It will be step',
  },
  'a plan that is being changed': {
    situation: running,
    async go(page) {
      await openTab(page, 'Plan');
      await chooseAct(page, 'Change this plan', 'this plan');
    },
    sees: 'Name of the plan',
  },
};

// 320 px is what 1280 px are at 400 %
const looks: readonly Look[] = [{ theme: 'light' }, { theme: 'dark' }, { theme: 'light', width: 320 }];

describe('the forms that change a running plan', () => lookAtEachState(states, { width: 1200, looks }));
