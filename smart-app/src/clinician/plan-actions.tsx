import { useState } from 'react';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { Menu } from '../parts/menu.tsx';
import { hasToTalkOver } from '../plan/since-visit.ts';
import { isRunning } from '../plan/steps.ts';
import { unlockHeld } from '../plan/unlock-held.ts';
import { useAppSession } from '../session/app-session.tsx';
import { isolate } from '../words/isolate.ts';
import { arrange, type PlanAction } from './action.ts';
import { begunAssignments } from './begun-assignment.ts';
import { addStep, changePlan } from './change-forms.ts';
import { useClinicianPages } from './clinician-context.ts';
import { ClosePlan } from './close-plan.tsx';

/** Everything that can be done with the plan, in the order of the menu. An act more is a line more. */
const planActions: readonly PlanAction[] = [
  {
    ...{ name: 'assign', words: 'Assign another plan', page: { name: 'assign' } },
    offer: ({ view, mayChange, homework: { libraryPlans, standing } }) =>
      !standing?.deceased &&
      (mayChange || (!isRunning(view) && libraryPlans !== undefined && standing?.state !== 'merged'))
        ? 'often'
        : undefined,
  },
  {
    ...{ name: 'add', words: 'Add a step', Form: addStep.Part },
    offer: ({ mayChange }) => (mayChange ? 'seldom' : undefined),
  },
  {
    ...{ name: 'change', words: 'Change this plan', Form: changePlan.Part },
    offer: ({ mayChange }) => (mayChange ? 'seldom' : undefined),
  },
  {
    ...{ name: 'close', words: 'Close this plan', Form: ClosePlan },
    offer: ({ view, mayChange, homework }) =>
      mayChange ? (closeIsNext(view, homework) ? 'first' : 'seldom') : undefined,
  },
];

/** Nothing is left to do, and nothing is to be talked over first; or the patient has died. Where a step can still be opened that comes first. */
function closeIsNext(view: PlanView, { standing }: Pick<PatientHomework, 'standing'>): boolean {
  return (
    standing?.deceased !== undefined || (view.proposedClose !== undefined && !hasLocked(view) && !hasToTalkOver(view))
  );
}

const hasLocked = ({ assignments }: PlanView): boolean => assignments.some(({ status }) => status === 'draft');

/** Declining is no end of the talk about it: that comes before the closing. */
const talkFirst = 'No step is open. What stood in the way is to be talked over first; then the plan can be closed.';
const nothingLeft = 'Nothing is left to do in this plan. Close it?';
/** A locked step that nothing leads to any more can still be unlocked by hand. */
const onlyByHand =
  'No step is open, and none opens by itself. Make a smaller step or unlock one below; or close the plan, under “More”.';
/** The same while nothing unlocks; why stands below. */
const noneOpens = 'No step is open, and none opens by itself.';

/** What can be done with the plan; when no step is open and none will be, it says so and asks. */
export function PlanActions({ onDone }: { readonly onDone: (said: string) => void }) {
  const pages = useClinicianPages();
  const { session, drafts } = useAppSession();
  const [asked, setAsked] = useState<string>();
  const { view, open } = pages;
  const begun = begunAssignments(pages.homework, drafts);
  const offered = planActions.flatMap((action) => {
    const offer = session.canWrite ? action.offer(pages) : undefined;
    return offer === undefined ? [] : [{ action, offer }];
  });
  const { buttons, more } = arrange(offered);
  const choose = (action: PlanAction): void => {
    if ('page' in action) open(action.page);
    else setAsked(action.name);
  };
  const shown = planActions.find(({ name }) => name === asked);
  const Form = shown !== undefined && 'Form' in shown ? shown.Form : undefined;
  const locked = hasLocked(view);
  return (
    <div className="plan-actions">
      {view.proposedClose === undefined || !pages.mayChange || pages.homework.standing?.deceased ? null : (
        <p>
          {hasToTalkOver(view) && !locked
            ? talkFirst
            : !locked
              ? nothingLeft
              : unlockHeld(pages.homework, view) === undefined
                ? onlyByHand
                : noneOpens}
        </p>
      )}
      {begun.length === 0 || !buttons.some(({ action }) => action.name === 'assign') ? null : (
        <p className="quiet">
          You have begun to assign {begun.map(({ title }) => `“${isolate(title)}”`).join(' and ')}. What you entered is
          kept under “Assign another plan”.
        </p>
      )}
      <div className="buttons">
        {buttons.map(({ action }) => (
          <button key={action.name} type="button" className="secondary" onClick={() => choose(action)}>
            {action.words}
          </button>
        ))}
        {more.length === 0 ? null : (
          <Menu
            words="More"
            about="for this plan"
            items={more.map((action) => ({
              ...{ name: action.name, words: action.words, apart: action.apart === true },
              onChoose: () => choose(action),
            }))}
          />
        )}
      </div>
      {Form === undefined ? null : (
        <Form
          onClose={() => setAsked(undefined)}
          onDone={(said) => {
            setAsked(undefined);
            onDone(said);
          }}
        />
      )}
    </div>
  );
}
