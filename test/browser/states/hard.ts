import type { PlanState } from '../../../src/homework/model.ts';
import type { Situation } from '../../app/fake-service.ts';
import { longPlan } from '../../app/long-plan.ts';
import { inRightToLeft, inWords } from '../../app/right-to-left.ts';
import { newerPlan, situations } from '../../app/situations.ts';
import { firstPageStates } from './first-page.ts';

const { atTheVisit, opinionDue, noPlanYet } = situations;
const words240 = 'ab'.repeat(120);
const carriedOutIn = (state: PlanState, timeZone: string): PlanState => ({
  ...state,
  plan: { ...state.plan, timeZone },
});
const withheld = (state: PlanState): PlanState => ({
  ...state,
  logs: state.logs.map((log) => ({ ...log, withheld: log.items.map(({ linkId }) => linkId) })),
});
/** A patient has more that is their own than staff are shown. */
const onlyDrafts = firstPageStates['only drafts'].situation;

/** Her own visit, and a later one with somebody else. */
export const twoVisits: Situation = {
  ...atTheVisit,
  visits: [
    { start: atTheVisit.lastVisit, own: true, last: 'own', with: 'Dr. Adaeze Okafor', what: 'Psychotherapy' },
    { start: '2026-03-18T15:00:00.000Z', with: 'Dr. Jonas Lindqvist', what: 'Cardiology follow-up visit' },
  ],
};

/** What breaks pages and sentences, as a clinician meets it on each page. */
export const hardForClinician: Readonly<Record<string, Situation>> = {
  'two plans in two time zones': {
    ...atTheVisit,
    plans: [carriedOutIn(newerPlan, 'Pacific/Honolulu'), carriedOutIn(atTheVisit.plans[0], 'Europe/Berlin')],
  },
  'nothing due': { ...atTheVisit, plans: [newerPlan] },
  'everything withheld': firstPageStates['everything withheld'].situation,
  'only drafts': onlyDrafts,
  'thirty steps': { ...atTheVisit, plans: [longPlan(30, 20)] },
  'words of 240 letters': inWords(atTheVisit, words240),
  'words from right to left': inRightToLeft(atTheVisit),
};

/** The same while a plan is assigned. */
export const hardForAssigning: Readonly<Record<string, Situation>> = {
  'a second plan': { ...atTheVisit, plans: [newerPlan] },
  'words of 240 letters': inWords({ ...noPlanYet, plans: [] }, words240),
  'words from right to left': inRightToLeft({ ...noPlanYet, plans: [] }),
};

/** The same as the patient meets it. */
export const hardForPatient: Readonly<Record<string, Situation>> = {
  'two plans in two time zones': {
    ...opinionDue,
    plans: [newerPlan, carriedOutIn(opinionDue.plans[0], 'Pacific/Honolulu')],
  },
  'nothing due': { ...atTheVisit, role: 'patient' },
  'everything withheld': { ...opinionDue, plans: opinionDue.plans.map(withheld) },
  'only drafts': { ...onlyDrafts, role: 'patient' },
  'thirty steps': { ...opinionDue, plans: [longPlan(30, 20)] },
  'words of 240 letters': inWords(opinionDue, words240),
  'words from right to left': inRightToLeft(opinionDue),
};
