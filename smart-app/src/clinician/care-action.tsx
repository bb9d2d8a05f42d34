import { useState } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import type { Care } from '../plan/since-visit.ts';
import { mayShrink } from '../plan/too-hard.ts';
import { unlockHeld } from '../plan/unlock-held.ts';
import { isolate } from '../words/isolate.ts';
import { barrierWords } from '../words/status-words.ts';
import { answerSheet, smallerSheet, unlockSheet, writeSheet } from './care-sheets.ts';
import { useClinicianPages } from './clinician-context.ts';
import { TalkedOver } from './talked-over.tsx';
import type { Handling } from './use-handled.ts';

interface CareActionProps {
  readonly care: Care;
  readonly handling: Handling;
}

/** What can be done about it, in its place; nothing that would be refused to who looks at it. */
export function CareAction({ care, handling }: CareActionProps) {
  const { open, mayChange, homework } = useClinicianPages();
  switch (care.type) {
    case 'barrier':
      return !mayChange ? null : (
        <div className="care-action">
          <TalkedOver
            barrier={care.barrier}
            onBegin={handling.hold}
            onEnd={(done) => {
              const { code, text } = care.barrier;
              const words = text === undefined ? barrierWords[code].short.toLowerCase() : `“${isolate(text)}”`;
              if (done) handling.finish(`Talked over: ${words}`);
              else handling.release();
            }}
          />
        </div>
      );
    case 'ended':
      return !mayChange ? null : <WriteAbout step={care.step} handling={handling} />;
    case 'message':
      return <AnswerMessage message={care.message} step={care.step} handling={handling} />;
    case 'unlock':
      return !mayChange ? null : (
        <div className="care-action">
          <Unlock step={care.step} handling={handling} />
        </div>
      );
    case 'stuck': {
      // after a step that was not done the easier one comes first; after one that was done, the next
      const done = care.before.status === 'completed';
      const easier = mayShrink(care.before) ? care.before : care.step;
      return !mayChange ? null : (
        <div className="care-action">
          {done ? <Unlock step={care.step} handling={handling} /> : null}
          <MakeSmaller step={easier} handling={handling} second={done} />
          {done ? null : <Unlock step={care.step} handling={handling} second />}
        </div>
      );
    }
    case 'over':
      return !mayChange ? null : (
        <div className="care-action">
          <button type="button" className="secondary small" onClick={() => open({ name: 'plan' })}>
            Close the plan
          </button>
          {homework.standing?.deceased ? null : (
            <button type="button" className="plain small" onClick={() => open({ name: 'assign' })}>
              Assign another plan
            </button>
          )}
        </div>
      );
    case 'not-landed':
      return (
        <div className="care-action">
          <button type="button" className="secondary small" onClick={() => open({ name: 'chart' })}>
            See why
          </button>
        </div>
      );
  }
}

/** Whether a sheet is open over the item, which stays as it is until it is closed. */
function useSheet({ hold, release }: Handling): [boolean, () => void, () => void] {
  const [open, setOpen] = useState(false);
  return [
    open,
    () => {
      hold();
      setOpen(true);
    },
    () => {
      setOpen(false);
      release();
    },
  ];
}

interface MoveProps {
  readonly step: StepView;
  readonly handling: Handling;
  /** Another move stands before it, as the one that is likely wanted. */
  readonly second?: boolean;
}

function Unlock({ step, handling, second = false }: MoveProps) {
  const { homework, view, mayChange } = useClinicianPages();
  const [asked, ask, leave] = useSheet(handling);
  if (!mayChange) return null;
  // an open safety signal is told beside it, and comes first
  const held = unlockHeld(homework, view);
  if (held === 'safety-signal') return null;
  if (held === 'plan') return <p className="quiet">The plan is on hold.</p>;
  return (
    <>
      <button type="button" className={second ? 'plain small' : 'secondary small'} onClick={ask}>
        Unlock step {step.key}
      </button>
      {asked ? <unlockSheet.Part step={step} onClose={leave} onDone={handling.finish} /> : null}
    </>
  );
}

/** An easier step before the one that was too hard: where that is over for good, before the one that waits for it. */
function MakeSmaller({ step, handling, second = false }: MoveProps) {
  const { mayChange } = useClinicianPages();
  const [asked, ask, leave] = useSheet(handling);
  if (!mayChange || !mayShrink(step)) return null;
  return (
    <>
      <button type="button" className={second ? 'plain small' : 'secondary small'} onClick={ask}>
        Make a smaller step before step {step.key}
      </button>
      {asked ? <smallerSheet.Part step={step} onClose={leave} onDone={handling.finish} /> : null}
    </>
  );
}

type MessageProps = Pick<Extract<Care, { type: 'message' }>, 'message' | 'step'> & { readonly handling: Handling };

function AnswerMessage({ message, step, handling }: MessageProps) {
  const { mayWrite, change } = useClinicianPages();
  const [asked, ask, leave] = useSheet(handling);
  const { busy, problem, run } = useAction();
  if (!mayWrite) return null;
  const markRead = async (): Promise<void> => {
    handling.hold();
    if (await run(() => change({ method: 'POST', path: `/feedback/${message.id}/read`, body: { byHand: true } })))
      handling.finish('The message is marked as read.');
    else handling.release();
  };
  return (
    <div className="care-action">
      {step === undefined ? null : (
        <button type="button" className="secondary small" onClick={ask}>
          Answer<span className="hidden-words"> the message on step {step.key}</span>
        </button>
      )}
      <button
        type="button"
        className={step === undefined ? 'secondary small' : 'plain small'}
        disabled={busy}
        onClick={() => void markRead()}
      >
        Mark as read
      </button>
      <ProblemNotice problem={problem} />
      {asked && step !== undefined ? (
        <answerSheet.Part
          message={message}
          step={step}
          onClose={leave}
          onSent={() => handling.finish('Your answer was sent to the patient.')}
        />
      ) : null}
    </div>
  );
}

function WriteAbout({ step, handling }: { readonly step: StepView; readonly handling: Handling }) {
  const [asked, ask, leave] = useSheet(handling);
  return (
    <div className="care-action">
      <button type="button" className="secondary small" onClick={ask}>
        Write to the patient<span className="hidden-words"> about step {step.key}</span>
      </button>
      {asked ? (
        <writeSheet.Part
          step={step}
          onClose={leave}
          onDone={() => handling.finish(`Your message about step ${step.key} was sent to the patient.`)}
        />
      ) : null}
    </div>
  );
}
