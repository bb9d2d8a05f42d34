import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Situation } from './fake-service.ts';
import { button, type OpenedView, openView } from './open-view.tsx';
import { inRightToLeft, strayTexts } from './right-to-left.ts';
import { situations } from './situations.ts';

/** Opens whatever stands folded, so that its words are there. */
const unfold = (box: Element) => {
  for (const details of box.querySelectorAll('details')) details.open = true;
};

let view: OpenedView | undefined;
afterEach(async () => {
  await view?.close();
  view = undefined;
});

const step = situations.opinionDue.plans[0]?.assignments.find(({ businessStatus }) => businessStatus !== 'done');
const log = situations.opinionDue.plans[0]?.logs.at(-1);
const visited = situations.atTheVisit.plans[0];

/** Her plan ended early, with a step changed, one locked again and one time excused: each with its reason. */
const muchSaid: Situation = {
  ...situations.atTheVisit,
  plans: [
    {
      ...visited,
      plan: { ...visited.plan, status: 'revoked', closedAt: situations.atTheVisit.now, closeReason: 'She moves away.' },
      assignments: visited.assignments.map((step, at) => {
        const [reason, change] = ['She asked', { at: situations.atTheVisit.now, title: { from: 'One', to: 'Two' } }];
        if (at === 0) return { ...step, changes: [{ ...change, reason: 'Too early' }, change] };
        if (step.businessStatus !== 'locked') return { ...step, statusReason: { text: reason } };
        return { ...step, unlockedAt: situations.atTheVisit.lastVisit, statusReason: { text: reason } };
      }),
      occurrences: visited.occurrences.map((occurrence, at) =>
        at === 0 ? { ...occurrence, status: 'excused', reason: 'She was ill.' } : occurrence,
      ),
    },
  ],
};

/** Each page of each view, by the words that tell that it is there. */
const pages: readonly (readonly [string, Situation, object | undefined, RegExp])[] = [
  ['the patient’s: to do', situations.opinionDue, undefined, /Hello/],
  ['the patient’s: a step', situations.opinionDue, { name: 'step', assignmentId: step?.id }, /What to do/],
  ['the patient’s: a log', situations.opinionDue, { name: 'log', assignmentId: step?.id }, /Who will see this/],
  ['the patient’s: a correction', situations.opinionDue, { name: 'correct', logId: log?.id }, /Put right/],
  ['the patient’s: notes', situations.opinionDue, { name: 'done' }, /My notes/],
  ['the patient’s: messages', situations.opinionDue, { name: 'messages' }, /Your clinician/],
  [
    'the patient’s: thanks',
    situations.opinionDue,
    { name: 'thanks', assignmentId: step?.id, logId: log?.id },
    /Thank you/,
  ],
  ['the clinician’s: first page', situations.atTheVisit, undefined, /Since/],
  ['the clinician’s: with a safety signal', situations.safetyOpen, undefined, /safety signal/],
  ['the clinician’s: plan', situations.atTheVisit, { name: 'plan' }, /Step/],
  ['the clinician’s: a plan with reasons', muchSaid, { name: 'plan' }, /excused/],
  ['the clinician’s: assigning', situations.noPlanYet, { name: 'assign' }, /Name of the plan/],
  ['the clinician’s: logs', situations.atTheVisit, { name: 'logs' }, /Logs|logs/],
  ['the clinician’s: messages', situations.atTheVisit, { name: 'messages' }, /What you want to say/],
  ['the clinician’s: in the chart', situations.atTheVisit, { name: 'chart' }, /chart/],
  [
    'the clinician’s: a paper log',
    situations.atTheVisit,
    { name: 'paper', assignmentId: visited?.assignments.at(-2)?.id },
    /paper/,
  ],
  ['the coordinator’s', situations.coordinator, undefined, /patients/],
  ['the coordinator’s, hard to draw', situations.hardList, undefined, /patients/],
  ['the coordinator’s, with a safety signal', situations.safetyOnTheList, undefined, /Safety signals first/],
  ['the analyst’s', situations.connection, undefined, /./],
];

describe('words that are written from right to left', () => {
  it.each(pages)('are set so, and so are fields: %s', async (_what, situation, page, there) => {
    view = await openView(inRightToLeft(situation), page);
    await view.until(() => view?.shown.box.querySelector('main h1') !== null && there.test(view?.text() ?? ''));
    unfold(view.shown.box);
    expect(strayTexts(view.shown.box)).toEqual([]);
  });

  it.each([
    [
      'the patient’s way of saying what is in the way',
      situations.opinionDue,
      { name: 'step', assignmentId: step?.id },
      'Something is in the way',
    ],
    ['the patient’s answer', situations.opinionDue, { name: 'messages' }, 'Answer'],
    ['taking a note back', situations.opinionDue, { name: 'done' }, 'Take back'],
    ['the clinician’s smaller step', situations.atTheVisit, { name: 'plan' }, 'Make a smaller step before step 4b'],
  ] as const)('are set so in what opens, too: %s', async (_what, situation, page, opens) => {
    view = await openView(inRightToLeft(situation), page);
    await view.until(() => button(view?.shown.box ?? document, opens) !== undefined);
    await act(async () => button(view?.shown.box ?? document, opens)?.click());
    if (opens.startsWith('Make')) await view.until(() => view?.text().includes('Put it before') === true);
    expect(strayTexts(view.shown.box)).toEqual([]);
  });
});
