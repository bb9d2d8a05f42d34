import { describe } from 'vitest';
import { situations } from '../app/situations.ts';
import { lookAtEachState, pressFirst, type State } from './view-states.ts';

/** Every view and every state of the coordinator’s pages that was designed, by what a person sees in it. */
const states: Readonly<Record<string, State>> = {
  list: { situation: situations.coordinator, sees: 'Daniel Brandt' },
  'nobody fits': {
    situation: situations.coordinator,
    go: (page) => page.getByLabel('Search').fill('nobody of this name'),
    sees: 'No patient whom you may see fits what you chose.',
  },
  'what is hard to draw': { situation: situations.hardList, sees: 'Name not available to you' },
  'nobody needs anybody': { situation: situations.nobodyNeedsAnybody, sees: '2 patients, nobody needs a call now' },
  'only who is set aside': {
    situation: situations.coordinator,
    go: (page) => pressFirst(page, /^Set aside/),
    sees: 'Put back Amira Haddad on the list',
  },
  'a contact was noted': {
    situation: situations.coordinator,
    async go(page) {
      await pressFirst(page, /^Note a contact with Daniel/);
      await page.getByLabel('What was said').fill('Called; he will try again');
      await page.getByLabel(/^for a week/).check();
      await pressFirst(page, 'Save');
    },
    sees: /Contact with Daniel Brandt noted. Set aside until Wed, Apr 1/,
  },
  'a colleague was quicker': {
    situation: situations.coordinator,
    async go(page, service) {
      await pressFirst(page, /^Note a contact with Daniel/);
      await page.getByLabel('What was said').fill('Called');
      service.refuse('/app/v1/contacts', 412, 'version-conflict');
      await pressFirst(page, 'Save');
    },
    sees: 'A colleague has noted a contact meanwhile',
  },
  'noting a contact': {
    situation: situations.coordinator,
    go: (page) => pressFirst(page, /^Note a contact with Daniel/),
    sees: 'What was said',
  },
  'some are hidden': {
    situation: situations.someHidden,
    sees: /At least 3 patients with homework are not in this list: the EHR does not show them to you/,
  },
  'one is not in the EHR any more, and has a signal': {
    situation: situations.oneIsGone,
    sees: /The EHR no longer has the record of 1 patient with homework/,
  },
  'a signal that is not among those shown': {
    situation: situations.hardList,
    go: (page) => pressFirst(page, /^Overdue/),
    sees: '1 or more patients with an open safety signal are not among those shown here.',
  },
  'the EHR does not answer when a chart is opened': {
    situation: situations.coordinator,
    async go(page, service) {
      service.refuse('/app/v1/open-patient', 503, 'ehr-unreachable');
      await pressFirst(page, 'Open Daniel Brandt');
    },
    sees: /The EHR does not answer, so this chart could not be opened/,
  },
  'somebody could not be checked': {
    situation: situations.notChecked,
    sees: 'Not everybody could be checked now',
  },
  'nobody on the list': { situation: situations.nobodyOnTheList, sees: 'No patients with homework yet' },
  loading: {
    situation: situations.coordinator,
    prepare: (service) => service.hang('/app/v1/roster'),
    sees: /Loading the list/,
  },
  'error with retry': {
    situation: situations.coordinator,
    prepare: (service) => service.refuse('/app/v1/roster', 503, 'ehr-unreachable'),
    sees: 'The EHR does not answer',
  },
  'no list is set up': {
    situation: situations.coordinator,
    prepare: (service) => service.refuse('/app/v1/roster', 409, 'not-supported'),
    sees: 'No list is set up for you yet',
  },
  expired: {
    situation: situations.coordinator,
    async go(page, service) {
      service.expire();
      await pressFirst(page, 'Open Sarah Whitfield');
    },
    sees: 'Your sign-in has ended',
  },
  'a chart that the EHR keeps shut': {
    situation: situations.coordinator,
    go: (page) => pressFirst(page, 'Open Daniel Brandt'),
    sees: /The EHR does not let you open this chart/,
  },
  'a patient opened': {
    situation: situations.coordinator,
    go: (page) => pressFirst(page, 'Open Sarah Whitfield'),
    sees: 'To read only',
  },
};

describe('the coordinator’s pages', () => lookAtEachState(states, { width: 1200 }));
