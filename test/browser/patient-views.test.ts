import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { situations } from '../app/situations.ts';
import { openTab } from './open-app.ts';
import { sendLog } from './turn-pages.ts';
import { lookAtEachState, pressFirst, type State } from './view-states.ts';

const log = (page: Page) => pressFirst(page, /^Write it down/);

/** Every view and every state of the patient’s pages that was designed, by what a person sees in it. */
const states: Readonly<Record<string, State>> = {
  'to do': { situation: situations.firstDay, sees: 'Hello Sarah' },
  'a step': {
    situation: situations.firstDay,
    go: (page) => pressFirst(page, /^What and why/),
    sees: 'What to do',
  },
  'something in the way': {
    situation: situations.firstDay,
    async go(page) {
      await pressFirst(page, /^What and why/);
      await pressFirst(page, 'Something is in the way');
    },
    sees: /No blame/,
  },
  'writing a log': {
    situation: situations.opinionDue,
    async go(page) {
      await log(page);
      await page.getByRole('textbox', { name: /Where were you/ }).fill('Monday planning');
      await page.getByRole('slider', { name: /how strongly did you believe/ }).press('ArrowRight');
      await page.getByRole('checkbox', { name: /Where were you/ }).check();
    },
    sees: 'Only you can read it',
  },
  'an answer is needed': {
    situation: situations.opinionDue,
    async go(page) {
      await log(page);
      await sendLog(page);
    },
    sees: '2 questions need another look',
  },
  'a prediction that is locked': {
    situation: situations.experimentDue,
    async go(page) {
      await pressFirst(page, /^Write it down.*Tell one colleague/);
      await page.getByRole('textbox', { name: /What exactly do you think/ }).fill('She will laugh');
      await pressFirst(page, 'Next: Afterwards');
      await page.getByRole('radio', { name: 'Yes' }).check();
      await pressFirst(page, 'Back to “Beforehand”');
    },
    sees: /You wrote this before/,
  },
  'thanks and what comes next': {
    situation: situations.firstDay,
    async go(page) {
      await log(page);
      await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Monday meeting');
      await sendLog(page);
    },
    sees: 'What comes next',
  },
  'expired before anything was there': {
    situation: situations.firstDay,
    prepare: (service) => service.refuse('/app/v1/patient', 401, 'session-expired'),
    sees: 'Your sign-in has ended',
  },
  'signed out': {
    situation: situations.firstDay,
    go: (page) => pressFirst(page, 'Sign out'),
    sees: 'You are signed out',
  },
  overdue: { situation: situations.overdue, sees: /It’s not too late/ },
  'passed by': { situation: situations.missed, sees: /This one didn’t come about/ },
  'my notes': {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'My notes');
      await page.getByText('What you wrote').first().click();
    },
    sees: '6 notes, the newest first.',
  },
  'taking a note back': {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'My notes');
      await pressFirst(page, /^Take back/);
    },
    sees: 'Take this note back?',
  },
  'putting a note right': {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'My notes');
      await pressFirst(page, /^Put right/);
    },
    sees: 'Save the correction',
  },
  messages: {
    situation: situations.opinionDue,
    async go(page) {
      await openTab(page, 'Messages');
      await pressFirst(page, 'Answer');
    },
    sees: /Your answer/,
  },
  'no homework': { situation: situations.noHomework, sees: 'No homework at the moment' },
  'read only': {
    situation: { ...situations.firstDay, canWrite: false },
    sees: /You can read here, but not write/,
  },
  'expired while writing': {
    situation: situations.firstDay,
    async go(page, service) {
      await log(page);
      service.expire();
      await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Monday meeting');
    },
    sees: 'Your sign-in has ended',
  },
  offline: {
    situation: situations.firstDay,
    async go(page) {
      await log(page);
      await page.context().setOffline(true);
      await page.getByRole('textbox', { name: 'What was the situation?' }).fill('Monday meeting');
    },
    sees: 'No connection at the moment',
  },
  loading: {
    situation: situations.firstDay,
    prepare: (service) => service.hang('/app/v1/patient'),
    sees: /Loading your homework/,
  },
  'error with retry': {
    situation: situations.firstDay,
    prepare: (service) => service.refuse('/app/v1/patient', 500, 'internal'),
    sees: 'That did not work',
  },
};

describe('the patient’s pages', () => lookAtEachState(states, { width: 400 }));
