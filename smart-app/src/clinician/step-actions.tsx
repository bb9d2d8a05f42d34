import { useState } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Menu } from '../parts/menu.tsx';
import { useAction } from '../parts/use-action.ts';
import { arrange, type StepAction } from './action.ts';
import { useClinicianPages } from './clinician-context.ts';
import { stepActions } from './step-action-list.ts';

interface StepActionsProps {
  readonly step: StepView;
  /** Something was done, and this is what there is to say of it. */
  readonly onDone: (said: string) => void;
}

/** What can be done with a step from where it stands: two buttons at most, and a menu. */
export function StepActions({ step, onDone }: StepActionsProps) {
  const pages = useClinicianPages();
  const [asked, setAsked] = useState<string>();
  const { busy, problem, run } = useAction();
  if (!pages.mayChange) return null;
  const offered = stepActions.flatMap((action) => {
    const offer = action.offer(step, pages);
    return offer === undefined ? [] : [{ action, offer }];
  });
  const { buttons, more } = arrange(offered);
  const choose = (action: StepAction): void => {
    if ('Form' in action) setAsked(action.name);
    else if ('page' in action) pages.open(action.page(step));
    else
      void run(async () => {
        onDone(await action.act(step, pages));
      });
  };
  const about = ({ preposition }: StepAction): string =>
    `${preposition === undefined ? '' : `${preposition} `}step ${step.key}`;
  // kept by its name: what is done may take the act itself out of the list before its form has closed
  const shown = stepActions.find(({ name }) => name === asked);
  const Form = shown !== undefined && 'Form' in shown ? shown.Form : undefined;
  return (
    <div className="step-actions">
      <div className="buttons">
        {buttons.map(({ action, offer }) => (
          <button
            key={action.name}
            type="button"
            className={offer === 'first' ? 'secondary small' : 'plain small'}
            disabled={busy}
            onClick={() => choose(action)}
          >
            {action.words}
            <span className="hidden-words"> {about(action)}</span>
          </button>
        ))}
        {more.length === 0 ? null : (
          <Menu
            words="More"
            about={`for step ${step.key}`}
            items={more.map((action) => ({
              ...{ name: action.name, words: action.words, about: about(action), apart: action.apart === true },
              onChoose: () => choose(action),
            }))}
          />
        )}
      </div>
      <ProblemNotice problem={problem} />
      {Form === undefined ? null : (
        <Form
          step={step}
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
