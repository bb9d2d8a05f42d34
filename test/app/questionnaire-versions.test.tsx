import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { LogsPage } from '../../smart-app/src/clinician/logs-page.tsx';
import { PaperLogPage } from '../../smart-app/src/clinician/paper-log-page.tsx';
import { CorrectPage } from '../../smart-app/src/patient/correct-page.tsx';
import { DonePage } from '../../smart-app/src/patient/done-page.tsx';
import { LogPage } from '../../smart-app/src/patient/log-page.tsx';
import { findStep } from '../../smart-app/src/patient/patient-context.ts';
import { measuresIn } from '../../smart-app/src/plan/measures-in.ts';
import { versionOf } from '../../smart-app/src/plan/version-of.ts';
import type { PatientHomework } from '../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../src/contract/app/plan-view.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { kindForApp } from '../../src/http/app/kind-for-app.ts';
import { answers as answerItems } from '../homework/build-plan.ts';
import { after, first, newAnswers, oldAnswers, second } from '../kinds/walk-diary.ts';
import { now, PagesAround } from './pages-around.tsx';
import { readFixture } from './read-fixture.ts';
import { click, type Rendered, render } from './render.tsx';
import { showPlan } from './show-plan.ts';

const shown = showPlan(readFixture<PlanState>('sarah-at-the-visit'), { now, reader: 'clinician', ledger: [] });
const walks = [
  { key: 'old', questionnaire: first, answers: oldAnswers },
  { key: 'new', questionnaire: second, answers: newAnswers },
];

/** A plan with a step of each version, and a log of each. */
const view: PlanView = {
  ...shown,
  assignments: walks.map(({ key, questionnaire }, index) => ({
    ...(shown.assignments[0] as PlanView['assignments'][number]),
    ...{ id: `step-${key}`, key, step: index + 1, title: `The ${key} walk`, kind: 'walk-diary', questionnaire },
  })),
  occurrences: [],
  logs: walks.map(({ key, questionnaire, answers }) => ({
    ...(shown.logs[0] as PlanView['logs'][number]),
    ...{ id: `log-${key}`, assignmentId: `step-${key}`, questionnaire, answers, withheld: [], status: 'completed' },
    items: answerItems(answers),
  })),
};
const homework: PatientHomework = {
  ...{ now, patient: { id: 'sarah', name: 'Sarah' }, plans: [view], landings: [], whoSees: '', safety: { open: [] } },
  kinds: after.versions.map((version) => kindForApp(version, 'clinician')),
  questionnaires: Object.fromEntries(after.versions.map(({ canonical, questionnaire }) => [canonical, questionnaire])),
};

let rendered: Rendered | undefined;
afterEach(() => rendered?.leave());
function show(part: ReactNode): HTMLElement {
  rendered = render(
    <PagesAround homework={homework} view={view}>
      {part}
    </PagesAround>,
  );
  return rendered.box;
}
/** All that a form asks, page after page. */
function onEveryPage(box: HTMLElement): string {
  let text = box.textContent ?? '';
  for (let next = box.querySelector('#form-next'); next !== null; next = box.querySelector('#form-next')) {
    click(next);
    text += box.textContent;
  }
  history.replaceState(null, '');
  return text;
}
const cardsIn = (box: HTMLElement) => [...box.querySelectorAll('article')].map((card) => card.textContent ?? '');

describe('two versions of a questionnaire in one plan', () => {
  it.each([
    ['the clinician’s logs', <LogsPage key="logs" />],
    ['what the patient has done', <DonePage key="done" />],
  ])('each log is shown by the questions of its own: in %s', (_where, part) => {
    const cards = cardsIn(show(part));
    const of = (question: string) => cards.filter((card) => card.includes(question)).length;
    expect(
      ['What was it like?', 'What did you notice?', 'How tense were you?', 'How strained were you?'].map(of),
    ).toEqual([...[1, 1, 1, 1]]);
    const old = cards.find((card) => card.includes('How tense were you?')) ?? '';
    expect(old).toContain('What was the weather like?');
    expect(old).not.toMatch(/How many times did you set out|What did you notice/);
  });

  it('each log is summed up by its own lines', () => {
    const cards = cardsIn(show(<LogsPage />));
    const old = cards.find((card) => card.includes('Weather')) ?? '';
    const anew = cards.find((card) => card.includes('Set out')) ?? '';
    expect(old).toMatch(/Tension[\s\S]*fog/);
    expect(anew).toMatch(/Strain[\s\S]*2 times/);
    expect(anew).not.toContain('Weather');
  });

  it.each([
    ['a new log', <LogPage key="n" assignmentId="step-old" />, <LogPage key="m" assignmentId="step-new" />],
    ['a paper log', <PaperLogPage key="n" assignmentId="step-old" />, <PaperLogPage key="m" assignmentId="step-new" />],
    ['a correction', <CorrectPage key="n" logId="log-old" />, <CorrectPage key="m" logId="log-new" />],
  ])('the form of %s is that of the step or log', (_what, old, anew) => {
    const asked = (part: ReactNode) => {
      const text = onEveryPage(show(part));
      rendered?.leave();
      return ['What was the weather like?', 'How many times did you set out?'].map((question) =>
        text.includes(question),
      );
    };
    expect(asked(old)).toEqual([true, false]);
    expect(asked(anew)).toEqual([false, true]);
  });

  it('what reads an answer is found by the version, and a version that is not there is none', () => {
    expect(walks.map(({ key }) => findStep(homework, `step-${key}`)?.behaviourLinkId)).toEqual(['walked', 'went']);
    expect(walks.map(({ key }) => findStep(homework, `step-${key}`)?.safety?.length)).toEqual([undefined, 1]);
    expect(versionOf(homework, `${first}-beta`)).toBeUndefined();
    const measured = (of: PlanView['logs']) => measuresIn(homework, of).map(({ linkId }) => linkId);
    expect(view.logs.map((log) => measured([log]))).toEqual([['tension'], ['strain']]);
    expect(measured(view.logs)).toEqual(['tension', 'strain']);
  });
});
