import type { Locator } from 'playwright-core';
import { describe } from 'vitest';
import { situations } from '../app/situations.ts';
import { chooseAct } from './choose-act.ts';
import { openTab } from './open-app.ts';
import { type Look, lookAtEachState, type State } from './view-states.ts';

const visit = situations.atTheVisit;
const running = { ...visit, now: '2026-03-23T20:00:00.000Z', plans: situations.opinionDue.plans };

/** Opens a form of a step, or of the plan, and does something in it. */
const inForm =
  (
    words: string,
    of: string,
    act: (form: Locator) => Promise<unknown> = async () => undefined,
  ): NonNullable<State['go']> =>
  async (page) => {
    await openTab(page, 'Plan');
    await chooseAct(page, words, of);
    await act(page.getByRole('dialog'));
  };

/** The forms that change a running plan. */
const states: Readonly<Record<string, State>> = {
  'a step that is being changed': {
    situation: running,
    go: inForm('Change this step', 'step 4b', (form) => form.getByLabel('Title').fill('Say one sentence')),
    sees: 'From now on',
  },
  'a smaller step that is being made, with what is missing': {
    situation: visit,
    go: inForm('Make a smaller step', 'step 4b', (form) => form.getByRole('button', { name: 'Put it before' }).click()),
    sees: 'Please give a reason',
  },
  'a step that is being added': {
    situation: running,
    go: inForm('Add a step', 'this plan', (form) => form.getByLabel('How often').selectOption('event')),
    sees: 'It will be step',
  },
  'a plan that is being changed': {
    situation: running,
    go: inForm('Change this plan', 'this plan'),
    sees: 'Name of the plan',
  },
};

// 320 px is what 1280 px are at 400 %
const looks: readonly Look[] = [{ theme: 'light' }, { theme: 'dark' }, { theme: 'light', width: 320 }];

describe('the forms that change a running plan', () => lookAtEachState(states, { width: 1200, looks }));
