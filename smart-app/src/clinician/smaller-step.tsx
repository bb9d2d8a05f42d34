import { useId, useState } from 'react';
import { freshKey } from '../../../src/homework/plan/fresh-key.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { LinesField } from '../parts/lines-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { scheduleIn } from '../plan/schedule-draft.ts';
import { openBarriers } from '../plan/steps.ts';
import { suggestedDay } from '../plan/suggested-day.ts';
import { isolate } from '../words/isolate.ts';
import { barrierWords } from '../words/status-words.ts';
import type { StepFormProps } from './action.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { draftOf, wordsToSend } from './step-draft.ts';
import { StepFields } from './step-fields.tsx';
import { useStepDraft } from './use-step-draft.ts';
import { staysWords } from './what-stays.ts';

/** Puts an easier step before one that is too hard, written down from that one; the hard one waits for it. */
export function SmallerStep({ step, onClose, onDone }: StepFormProps) {
  const { homework, view, place, change } = useClinicianPages();
  const name = useId();
  const today = dayOf(homework.now, place.timeZone);
  const days = { today, last: view.plan.period.end };
  const subject = `smaller:${step.id}`;
  const [opened, setOpened] = useState(step);
  const { draft, wrong, ...writing } = useStepDraft(subject, {
    // the same words, to be made smaller; a few days, as for a first try
    first: { ...draftOf(step, days), how: 'once', by: suggestedDay(days) },
    today,
  });
  const [reason, setReason] = useTextDraft(`${subject}:reason`);
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();
  const key = freshKey(view.assignments, step.key);
  const stays = staysWords(view, step);
  const barriers = openBarriers(view, step.id);
  const unchanged = draft.title.trim() === step.title.trim();
  const noReason = reason.trim() === '';
  const forget = (): void => {
    writing.forget();
    setReason('');
  };
  const finish = async (): Promise<void> => {
    setTried(true);
    if (!writing.ready() || noReason) return;
    const body = {
      basedOn: revisionOf(opened),
      reason: reason.trim(),
      smaller: { key, ...wordsToSend(draft), schedule: scheduleIn(draft) },
    };
    const was = await run(() => change({ method: 'POST', path: `/assignments/${step.id}/smaller`, body }));
    if (!was) return;
    forget();
    onDone(`Step ${key} comes first now. Step ${step.key} waits for it, and opens once it is done.`);
  };
  return (
    <FormSheet
      title={`Make a smaller step before step ${step.key}`}
      wide
      problem={problem}
      finishWords="Put it before"
      disabled={busy}
      onClose={onClose}
      forget={forget}
      onFinish={finish}
    >
      <p>
        Step {key} comes before step {step.key}, which is locked until the smaller one is done
        {then[scheduleOf(step).type]}.{' '}
        {stays === undefined ? '' : `Of step ${step.key}, ${stays.charAt(0).toLowerCase()}${stays.slice(1)}`}
      </p>
      {barriers.map((barrier) => (
        <p key={barrier.id} className="quiet">
          In the way: {barrierWords[barrier.code].short.toLowerCase()}
          {barrier.text === undefined ? '' : `, “${isolate(barrier.text)}”`}
        </p>
      ))}
      <StepFields {...{ draft, wrong, today, place }} locked onChange={writing.change} onCount={writing.count} />
      {unchanged ? <p className="help">These are the words of step {step.key}. Make them smaller.</p> : null}
      <LinesField
        id={`${name}-reason`}
        label="Why?"
        rows={2}
        maxLength={1000}
        value={reason}
        problem={tried && noReason ? 'Please give a reason: it stands in the record beside the change.' : undefined}
        onChange={setReason}
      />
      <ChangedMeanwhile opened={opened} step={step} kept="What you wrote is kept." onRead={() => setOpened(step)} />
    </FormSheet>
  );
}

/** When the hard step is to be done then. */
const then = {
  once: ', with a week of its own then',
  'once-within': ', with its own days then',
  event: ', and is asked for as often as before then',
  series: ', and is asked for as often as before then',
  'at-visit': ', for the visit that comes next then',
  sessions: ', and is asked for as often as before then',
} as const;
