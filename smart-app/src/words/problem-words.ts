import type { ServiceProblem } from '../service/service-problem.ts';

/** What happened, and what the reader can do about it. */
export interface ProblemWords {
  readonly title: string;
  readonly what: string;
  readonly todo: string;
}

/** What helps where a launch went wrong. */
export const backToChart = 'Close this and open Intersession again from the patient’s chart.';

/** What can go wrong once somebody is signed in, in plain words; none of them shows anything of anyone. */
const words: Readonly<Record<string, ProblemWords>> = {
  'patient-merged': {
    title: 'This record was merged into another',
    what: 'The EHR now uses another record of this patient. Nothing was changed.',
    todo: backToChart,
  },
  'ehr-unreachable': {
    title: 'The EHR does not answer',
    what: 'We could not reach the hospital record just now. Nothing was lost.',
    todo: 'Wait a minute, then try again. Homework that was logged meanwhile is kept and sent on later.',
  },
  'ehr-answer-unusable': {
    title: 'The EHR answered something we cannot use',
    what: 'The hospital record was reached, but its answer was not what it should be, so we stopped. Nothing was shown or changed.',
    todo: 'Tell the people who look after Intersession in your organisation; what they need stands below.',
  },
  'ehr-refused': {
    title: 'The EHR refused to sign you in',
    what: 'The hospital record was reached and turned the sign-in down. Nothing was shown or changed.',
    todo: `${backToChart} If it happens again, tell your integration team what stands below.`,
  },
  'session-expired': {
    title: 'Your sign-in has ended',
    what: 'For safety a sign-in lasts only a while. What you had not sent is kept here, encrypted, where the browser lets it.',
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

const unforeseen: ProblemWords = {
  title: 'That did not work',
  what: 'Something went wrong on our side. Nothing of what you wrote is lost.',
  todo: 'Try again. If it keeps happening, tell the people who look after Intersession.',
};

/** Every problem of a page of the app. */
export const pageProblemCodes = Object.keys(words);

/** A problem's words by its code. */
export function problemWords(code: string): ProblemWords {
  return words[code] ?? unforeseen;
}

const moveWords: Readonly<Record<string, string>> = {
  'illegal-move': 'This is no longer possible: the step has changed meanwhile. The page now shows how it stands.',
  'assignment-locked': 'This step is still locked.',
  'assignment-closed': 'This step takes no more logs.',
  'nothing-to-report':
    'Nothing happened in this time that a note could tell, so nothing was filed. Choose a longer time.',
  'plan-closed': 'This plan is closed.',
  'signal-closed': 'Somebody has closed this signal meanwhile.',
  'prediction-locked':
    'What you expected stays as you wrote it before, so that it can be compared with what happened. Your other answers are kept.',
  'schedule-never-occurs': 'The step could not be done in this time. Please choose other dates.',
  'not-supported': 'This is no longer possible.',
  'version-conflict':
    'Someone else changed this meanwhile. The page now shows how it stands; please look and try again.',
  'invalid-answer': 'Something in the form needs another look.',
  forbidden: 'You can read this, but the EHR has not given permission to change it.',
};

/** One sentence for a change that was not made; what the service says about a field is shown with it. */
export function changeProblem({ code, issues }: ServiceProblem): string {
  const [first] = issues;
  if (code === 'schedule-never-occurs' && first?.path !== undefined)
    return `${/(?:count|days)$/.test(first.path) ? 'The number' : 'A day'} that you chose ${first.problem}. Please choose another.`;
  const known = moveWords[code];
  if (known !== undefined) return known;
  if (code === 'invalid-request' && issues.length > 0)
    return `Please check: ${issues.map(({ path, problem }) => `${path ?? 'this'} ${problem}`).join('; ')}.`;
  const { what, todo } = problemWords(code);
  return `${what} ${todo}`;
}
