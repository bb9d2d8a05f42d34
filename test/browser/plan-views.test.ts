import { describe } from 'vitest';
import type { LedgerView } from '../../src/contract/app/plan-view.ts';
import { fromTheRight, longPlan, longWord } from '../app/long-plan.ts';
import { newerPlan, situations } from '../app/situations.ts';
import { chooseAct, more, openAllSteps } from './choose-act.ts';
import { openTab } from './open-app.ts';
import { type Look, lookAtEachState, pressFirst, type State } from './view-states.ts';

const visit = situations.atTheVisit;
const [state] = visit.plans;
const long = longPlan(30, 20);
const anyRow: LedgerView = {
  ...{ artefact: 'log', id: 'any', state: 'rejected', landing: 'note', reason: null, waitingFor: null, because: null },
  ...{ ehrReference: null, waitingSince: visit.lastVisit, landedAt: null },
};
const closed = {
  ...state,
  plan: { ...state.plan, status: 'revoked' as const, closedAt: visit.now, closeReason: `${longWord} ${fromTheRight}` },
};
const refused: LedgerView['because'] = { code: 'refused' };
/** Every part of where it stands, and names that no line has room for. */
const everyPart: readonly LedgerView[] = [
  ...visit.ledger,
  ...long.assignments.map(({ id }): LedgerView => ({ ...anyRow, artefact: 'assignment', id, because: refused })),
  { ...anyRow, artefact: 'report', id: 'r', state: 'waiting', waitingFor: { code: 'encounter-choice' } },
  { ...anyRow, artefact: 'feedback', id: 'f', state: 'withdrawn', reason: `${longWord} ${fromTheRight}` },
];

/** The plan, and assigning one, in the states that break pages: many steps, long words, words from the right, a phone, 400 %. */
const states: Readonly<Record<string, State>> = {
  'thirty steps with long words and words from the right, all of them open': {
    situation: { ...visit, plans: [long] },
    async go(page) {
      await openTab(page, 'Plan');
      await openAllSteps(page);
    },
    sees: 'Step 30:',
  },
  'a menu that is open': {
    situation: visit,
    async go(page) {
      await openTab(page, 'Plan');
      await more(page, 'step 4c').click();
      await page.getByRole('menuitem', { name: /^Withdraw/ }).waitFor();
    },
    sees: 'It opens only by hand now.',
  },
  'the menu of the plan': {
    situation: { ...visit, now: '2026-03-23T20:00:00.000Z', plans: situations.opinionDue.plans },
    async go(page) {
      await openTab(page, 'Plan');
      await more(page, 'this plan').click();
      await page.getByRole('menuitem', { name: 'Close this plan' }).waitFor();
    },
    sees: 'due today',
  },
  'a step that was withdrawn just now': {
    situation: visit,
    async go(page) {
      await openTab(page, 'Plan');
      await chooseAct(page, 'Withdraw', 'step 4c');
      await page.getByRole('dialog').getByLabel('Why?').fill(fromTheRight);
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    },
    sees: 'Step 4c is withdrawn.',
  },
  'a plan that is closed': {
    situation: { ...visit, plans: [closed] },
    go: (page) => openTab(page, 'Plan'),
    sees: 'This plan was ended early',
  },
  'the older of two plans': {
    situation: { ...visit, plans: [state, newerPlan] },
    async go(page) {
      await openTab(page, 'Plan');
      await page.getByLabel(/^Plan/).first().selectOption({ index: 1 });
    },
    sees: 'Offer a small opinion',
  },
  'assigning, with every step open and mistakes in two': {
    situation: situations.noPlanYet,
    async go(page) {
      await pressFirst(page, 'Assign a plan');
      const steps = page.getByRole('heading', { name: /^Step / });
      await steps.nth(5).waitFor();
      for (const line of await steps.all()) await line.click();
      await page.getByLabel('Name of the plan').fill(longWord.slice(0, 200));
      await page.getByLabel('Title').nth(1).fill(fromTheRight);
      await page.getByLabel('How many team meetings').fill('0');
      await page.getByLabel('Once, by').last().fill('2020-01-01');
      await pressFirst(page, /^Assign to/);
    },
    sees: 'This day is before the plan starts.',
  },
  'where everything stands, with something of each': {
    situation: { ...visit, plans: [long], ledger: everyPart },
    async go(page) {
      await openTab(page, 'In the chart');
      await page.getByText('What this EHR can hold').click();
    },
    sees: 'Kept out, by decision',
  },
  'where it stands before anything does': {
    situation: { ...visit, ledger: [], landings: [] },
    go: (page) => openTab(page, 'In the chart'),
    sees: 'Nothing yet.',
  },
  'assigned just now': {
    situation: situations.noPlanYet,
    async go(page) {
      await pressFirst(page, 'Assign a plan');
      await pressFirst(page, /^Assign to/);
    },
    sees: /sees one thing to do now/,
  },
};

// 320 px is what 1280 px are at 400 %
const looks: readonly Look[] = [
  { theme: 'light' },
  { theme: 'dark' },
  { theme: 'light', width: 400 },
  { theme: 'light', width: 320 },
];

describe('the plan and assigning one', () => lookAtEachState(states, { width: 1200, looks }));
