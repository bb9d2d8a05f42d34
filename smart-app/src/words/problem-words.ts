import type { ServiceProblem } from '../service/service-problem.ts';

/** What happened, and what the reader can do about it. */
export interface ProblemWords {
  readonly title: string;
  readonly what: string;
  readonly todo: string;
}

const backToChart = 'Close this and open Intersession again from the patient’s chart.';

/** The launch's and session's problems in plain words; none of them shows anything of anyone. */
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
  'patient-merged': {
    title: 'This record was merged into another',
    what: 'The EHR now uses another record of this patient. Nothing was changed.',
    todo: backToChart,
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
  'ehr-unreachable': {
    title: 'The EHR does not answer',
    what: 'We could not reach the hospital record just now. Nothing was lost.',
    todo: 'Wait a minute, then try again. Homework that was logged meanwhile is kept and sent on later.',
  },
  'ehr-unfit': {
    title: 'The EHR is not ready for Intersession',
    what: 'The hospital record answers, but it is not set up for signing in to Intersession, or Intersession is not set up for it. Trying again will not change that.',
    todo: 'Tell the people who look after Intersession in your organisation; what they need stands below.',
  },
  'ehr-answer-unusable': {
    title: 'The EHR answered something we cannot use',
    what: 'The hospital record was reached, but its answer was not what it should be, so we stopped. Nothing was shown or changed.',
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
  'ehr-refused': {
    title: 'The EHR refused to sign you in',
    what: 'The hospital record was reached and turned the sign-in down. Nothing was shown or changed.',
    todo: `${backToChart} If it happens again, tell your integration team what stands below.`,
  },
  'unusable-id': {
    title: 'The EHR uses an id that we cannot use',
    what: 'The EHR said who this is about, but by an id that Intersession cannot safely look up. So we stopped rather than guess.',
    todo: 'Tell the people who look after Intersession in your organisation; what they need stands below.',
  },
  'session-expired': {
    title: 'Your sign-in has ended',
    what: 'For safety a sign-in lasts only a while. What you wrote is kept on this device, encrypted.',
    todo: 'Sign in again to go on where you were.',
  },
  forbidden: {
    title: 'This is not open to you',
    what: 'Your sign-in does not allow this. Nothing was shown or changed.',
    todo: 'If you think it should, ask the person who looks after Intersession in your organisation.',
  },
  'no-roster': {
    title: 'No list is set up for you yet',
    what: 'Intersession has not been told which patients you look after in this EHR.',
    todo: 'Ask the person who looks after Intersession in your organisation to set up your list.',
  },
  'launch-mismatch': {
    title: 'This tab belongs to another chart',
    what: 'What this page asked for does not belong to the chart it was opened from, so nothing was shown or changed.',
    todo: backToChart,
  },
  offline: {
    title: 'No connection',
    what: 'The service can’t be reached at the moment.',
    todo: 'Check your connection and try again.',
  },
  'unexpected-answer': {
    title: 'The answer could not be read',
    what: 'Something answered in a way that this page does not understand, so nothing of it is shown.',
    todo: 'If your network asks you to sign in first, do that. Then try again, or reload the page.',
  },
  'rate-limited': {
    title: 'Too many tries at once',
    what: 'The service asks for a moment of patience.',
    todo: 'Wait a minute and try again.',
  },
  'report-too-long': {
    title: 'This report is too long for a PDF',
    what: 'It has more than some two hundred pages of text.',
    todo: 'Read it as text, as it stands on this page.',
  },
  'pdf-unavailable': {
    title: 'The PDF could not be made',
    what: 'The report is as it was; only its PDF could not be written just now.',
    todo: 'Try again in a moment.',
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
export const problemCodes = Object.keys(words);

const unforeseen: ProblemWords = {
  title: 'That did not work',
  what: 'Something went wrong on our side. Nothing of what you wrote is lost.',
  todo: 'Try again. If it keeps happening, tell the people who look after Intersession.',
};

/** A problem's words by its code. */
export function problemWords(code: string): ProblemWords {
  return words[code] ?? unforeseen;
}

const moveWords: Readonly<Record<string, string>> = {
  'illegal-move': 'This is no longer possible: the step has changed meanwhile. The page now shows how it stands.',
  'assignment-locked': 'This step is still locked.',
  'assignment-closed': 'This step takes no more logs.',
  'nothing-to-report': 'Nothing happened in this time that a note could tell, so nothing was filed. Choose a longer time.',
  'plan-closed': 'This plan is closed.',
  'signal-closed': 'Somebody has closed this signal meanwhile.',
  'prediction-locked':
    'What you expected stays as you wrote it before, so that it can be compared with what happened. Your other answers are kept.',
  'schedule-never-occurs': 'With these dates the step would never come up. Please choose others.',
  'not-supported': 'This is no longer possible.',
  'version-conflict':
    'Someone else changed this meanwhile. The page now shows how it stands; please look and try again.',
  'invalid-answer': 'Something in the form needs another look.',
  forbidden: 'You can read this, but the EHR has not given permission to change it.',
};

/** One sentence for a change that was not made; what the service says about a field is shown with it. */
export function changeProblem({ code, issues }: ServiceProblem): string {
  const known = moveWords[code];
  if (known !== undefined) return known;
  if (code === 'invalid-request' && issues.length > 0)
    return `Please check: ${issues.map(({ path, problem }) => `${path ?? 'this'} ${problem}`).join('; ')}.`;
  const { what, todo } = problemWords(code);
  return `${what} ${todo}`;
}
