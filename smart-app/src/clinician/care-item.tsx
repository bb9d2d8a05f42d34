import { useLayoutEffect, useRef } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { Icon } from '../parts/icon.tsx';
import type { Care } from '../plan/since-visit.ts';
import { writeDay, writeTime } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { sortOf, sortWords } from '../words/sort-words.ts';
import { assignmentWords, barrierWords } from '../words/status-words.ts';
import { stuckWords } from '../words/stuck-words.ts';
import { talkedOverWords } from '../words/talked-over-words.ts';
import { toldWords } from '../words/told-words.ts';
import { CareAction } from './care-action.tsx';
import { lockAgain, opensByRule } from './care-sheets.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LongText } from './long-text.tsx';
import { useKnownPeople } from './people.ts';
import { PlanTitle } from './plan-title.tsx';
import { StepName } from './step-name.tsx';
import type { CareEntry, Handling } from './use-handled.ts';

type CareItemProps = Pick<CareEntry, 'care' | 'done'> & {
  readonly handling: Handling;
  /** What was done here was taken back; in words. */
  readonly onTakenBack: (words: string) => void;
};

/** Something that needs the clinician’s eye: what it is, whose words it is known from, and what can be done about it, here. */
export function CareItem({ care, done, handling, onTakenBack }: CareItemProps) {
  if (done !== undefined) return <DoneItem care={care} done={done} onTakenBack={onTakenBack} />;
  return (
    <li className="care-item">
      <div className="care-words">
        <PlanTitle />
        <CareWords care={care} />
      </div>
      <CareAction care={care} handling={handling} />
    </li>
  );
}

/** What was done about it, in its place; whoever did it goes on from here. */
function DoneItem({
  care,
  done,
  onTakenBack,
}: Pick<CareItemProps, 'care' | 'onTakenBack'> & { readonly done: string }) {
  const words = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => words.current?.focus(), []);
  return (
    <li className="care-item is-done">
      <div className="care-words">
        <PlanTitle />
        <p tabIndex={-1} ref={words}>
          <Icon name="check" /> {done}
        </p>
      </div>
      {care.type === 'unlock' || care.type === 'stuck' ? (
        <lockAgain.Part assignmentId={care.step.id} onLocked={onTakenBack} />
      ) : null}
    </li>
  );
}

function CareWords({ care }: { readonly care: Care }) {
  const { homework, view, place, mayChange } = useClinicianPages();
  switch (care.type) {
    case 'barrier': {
      const { barrier, step } = care;
      const ended = step?.businessStatus === 'declined' || step?.businessStatus === 'stopped-by-patient';
      return (
        <>
          <h3>
            {step === undefined ? 'In the way of the plan' : `In the way of step ${step.key}`}:{' '}
            {barrierWords[barrier.code].short.toLowerCase()}
          </h3>
          {barrier.text === undefined ? null : <Quote text={barrier.text} of="what is in the way" />}
          <p className="quiet">
            {step === undefined ? null : (
              <>
                <bdi>{step.title}</bdi>.{' '}
              </>
            )}
            {step === undefined || !ended ? '' : `${assignmentWords[step.businessStatus].words}. `}
            {barrier.saidBy === 'patient' ? 'Said by the patient' : 'Noted by a clinician'}
            {toldWords(barrier)}, {writeDay(barrier.recordedAt, place)}. Not talked over yet.
          </p>
        </>
      );
    }
    case 'ended':
      return (
        <>
          <h3>
            <StepName step={care.step} /> – {assignmentWords[care.step.businessStatus].words.toLowerCase()}
            {care.step.reportedMove === undefined ? '' : toldWords(care.step.reportedMove)}
          </h3>
          {care.step.statusReason?.text === undefined ? null : (
            <Quote text={care.step.statusReason.text} of="the reason" />
          )}
          <p className="quiet">
            {care.step.statusReason === undefined ? 'No reason is known. ' : ''}Nothing has been said about it yet.
          </p>
        </>
      );
    case 'message':
      return (
        <>
          <h3>
            A message from the patient{care.step === undefined ? '' : ` on step ${care.step.key}`}
            {toldWords(care.message)}
          </h3>
          <Quote text={care.message.text} of="the message" />
          <p className="quiet">{writeTime(care.message.sentAt, place)}. Not read yet.</p>
        </>
      );
    case 'unlock':
      return (
        <>
          <h3>
            <StepName step={care.step} /> {care.again ? 'was locked again' : 'waits for a clinician to unlock it'}
          </h3>
          {!care.again ? null : (
            <p className="quiet">
              {care.step.statusReason === undefined ? '' : `Reason: “${isolate(care.step.statusReason.text)}”. `}It
              opens only by hand.
            </p>
          )}
        </>
      );
    case 'stuck': {
      const { step, before } = care;
      const stuck = stuckWords(homework, view, step, place);
      const inCrisis = (homework.safety?.open.length ?? 0) > 0;
      return (
        <>
          <h3>
            <StepName step={step} /> {stuck?.why}
          </h3>
          <WhyNot step={before} />
          {inCrisis || !mayChange || stuck === undefined || stuck.opens !== undefined ? (
            <p className="quiet">
              {inCrisis
                ? 'Nothing unlocks while a safety signal is open.'
                : mayChange
                  ? stuck?.opens
                  : 'Its clinician can unlock it.'}
            </p>
          ) : (
            <opensByRule.Part step={step} after="stuck" />
          )}
        </>
      );
    }
    case 'over':
      return (
        <>
          <h3>
            {homework.standing?.deceased ? 'Still open: ' : 'Nothing is left to do in '}
            {homework.plans.length > 1 ? 'this plan' : 'the plan'}
          </h3>
          <p className="quiet">
            {homework.standing?.deceased
              ? 'It can be closed, with the reason; what was logged stays.'
              : 'All its steps are over. It can be closed, and another one assigned.'}
          </p>
        </>
      );
    case 'not-landed': {
      const names = [...new Set(care.rows.map((row) => sortWords[sortOf(view, row)].singular.toLowerCase()))].join(
        ', ',
      );
      return (
        <>
          <h3>Not in the chart yet</h3>
          <p className="quiet">
            {care.rows.length === 1 ? 'One entry' : `${care.rows.length} entries`} ({names}){' '}
            {care.rows.length === 1 ? 'needs' : 'need'} a look.
          </p>
        </>
      );
    }
  }
}

/** Why the step before was not done, where it was talked over: what is open still is an entry of its own. */
function WhyNot({ step }: { readonly step: StepView }) {
  const { view, place } = useClinicianPages();
  const people = useKnownPeople();
  return view.barriers
    .filter(({ assignmentId, talkedOverAt }) => assignmentId === step.id && talkedOverAt !== undefined)
    .map((barrier) => (
      <p key={barrier.id} className="why-not">
        In the way of step {step.key}: <strong>{barrierWords[barrier.code].short.toLowerCase()}</strong>
        {barrier.text === undefined ? '' : `, “${isolate(barrier.text)}”`}
        {toldWords(barrier)}. {talkedOverWords(barrier, place, people)}.
      </p>
    ));
}

/** The patient’s own words, as such. */
function Quote({ text, of }: { readonly text: string; readonly of: string }) {
  return (
    <blockquote className="quote">
      <LongText text={text} of={of} />
    </blockquote>
  );
}
