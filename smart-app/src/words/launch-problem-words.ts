import { backToChart, type ProblemWords, pageProblemCodes, problemWords } from './problem-words.ts';

/** What can go wrong while somebody is signing in: not needed once they are in the app. Nothing in it shows anything of anyone. */
const words: Readonly<Record<string, ProblemWords>> = {
  'launch-incomplete': {
    title: 'This page was opened without a chart',
    what: 'Intersession is opened from a hospital record, which tells it where it belongs. This address came without that.',
    todo: 'Go to your EHR or patient portal and open Intersession from there.',
  },
  'storage-blocked': {
    title: 'Your browser does not let this page remember anything',
    what: 'Intersession needs to keep your sign-in in this tab while you use it, and the browser refuses that here.',
    todo: 'Open Intersession in a window of its own, or allow this site to store data, and try again.',
  },
  'unknown-issuer': {
    title: 'This EHR is not connected',
    what: 'The record that opened this page is not one of those that Intersession is connected to. Nothing was asked of it.',
    todo: 'Ask the person who looks after Intersession in your organisation to check the address in its settings.',
  },
  'launch-without-patient': {
    title: 'No patient was chosen',
    what: 'The EHR opened Intersession without saying for which patient.',
    todo: 'Open the patient’s chart first, and start Intersession from inside it.',
  },
  'consent-denied': {
    title: 'Access was not allowed',
    what: 'You, or the EHR on your behalf, said no when it asked whether Intersession may read this record. That is fine: nothing was read.',
    todo: 'If that was not what you wanted, open Intersession again and allow it.',
  },
  'state-replayed': {
    title: 'This sign-in was already used, or is too old',
    what: 'Each sign-in works once and in the tab where it began. This one had been used, had waited too long, or began in another tab.',
    todo: backToChart,
  },
  'code-replayed': {
    title: 'This sign-in was already used',
    what: 'The EHR’s answer can be used once only, and it was used before. If you pressed “back” or “reload”, that is why.',
    todo: backToChart,
  },
  'id-token-invalid': {
    title: 'We could not be sure who you are',
    what: 'The EHR’s statement of who signed in did not pass our checks, so we stopped. Nothing was shown or changed.',
    todo: `${backToChart} If it happens again, tell the people who look after the EHR.`,
  },
  'answer-issuer-invalid': {
    title: 'We could not be sure who answered',
    what: 'The answer to your sign-in did not show that it came from the EHR that you were sent to, so we stopped. Nothing was shown or changed.',
    todo: `${backToChart} If it happens again, tell the people who look after Intersession in your organisation what stands below.`,
  },
  'foreign-user': {
    title: 'This sign-in belongs to someone else',
    what: 'Another person is signed in than the one this page was opened for, so we stopped. Nothing was shown.',
    todo: 'Sign out of the EHR, sign in as yourself, and open Intersession again.',
  },
  'role-unknown': {
    title: 'Your account has no role here yet',
    what: 'You are signed in, but Intersession has not been told what you do here: care for patients, coordinate, or look after the connection.',
    todo: 'Ask the person who looks after Intersession in your organisation to add you.',
  },
  'ehr-unfit': {
    title: 'The EHR is not ready for Intersession',
    what: 'The hospital record answers, but it is not set up for signing in to Intersession, or Intersession is not set up for it. Trying again will not change that.',
    todo: 'Tell the people who look after Intersession in your organisation; what they need stands below.',
  },
  'app-not-registered': {
    title: 'This EHR does not know the app',
    what: 'The hospital record refused Intersession itself, not you: the app is not registered there, or not in the way it signs in.',
    todo: 'Your integration team must register Intersession in the EHR, or correct its registration; what they need stands below.',
  },
  'scopes-refused': {
    title: 'The EHR does not grant what the app asks for',
    what: 'The hospital record refused the permissions that Intersession asks for. That is a setting of the EHR, not something that you did.',
    todo: 'Your integration team must allow these permissions in the EHR, or ask for fewer; what they need stands below.',
  },
  'unusable-id': {
    title: 'The EHR uses an id that we cannot use',
    what: 'The EHR said who this is about, but by an id that Intersession cannot safely look up. So we stopped rather than guess.',
    todo: 'Tell the people who look after Intersession in your organisation; what they need stands below.',
  },
};

/** Problems of a connection, whose detail helps those who look after it; it holds OAuth's words and names of fields, and nobody. */
const forIntegration: ReadonlySet<string> = new Set([
  ...['ehr-unfit', 'ehr-answer-unusable', 'app-not-registered', 'scopes-refused', 'ehr-refused', 'unusable-id'],
  'answer-issuer-invalid',
]);

/** True for a problem whose detail is shown, for the people who look after the connection. */
export function isForIntegration(code: string): boolean {
  return forIntegration.has(code);
}

/** Every problem that has a page of its own. */
export const problemCodes = [...Object.keys(words), ...pageProblemCodes];

/** A problem's words by its code, those of signing in with them. */
export function launchProblemWords(code: string): ProblemWords {
  return words[code] ?? problemWords(code);
}
