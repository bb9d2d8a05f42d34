import { useId, useState } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { ruleForCount } from '../../../src/homework/plan/rule-for-count.ts';
import { sameValue } from '../../../src/homework/plan/same-value.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf, timesAsked } from '../../../src/homework/schedule/schedule-of.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { LinesField } from '../parts/lines-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { type FormChoiceDraft, formToSend, noChoice, wrongInForm } from '../plan/form-choice.ts';
import { type ScheduleDraft, scheduleIn } from '../plan/schedule-draft.ts';
import type { StepDays } from '../plan/suggested-day.ts';
import { isolate } from '../words/isolate.ts';
import { timesChanged } from '../words/step-change-words.ts';
import { unlockWords } from '../words/unlock-words.ts';
import type { StepFormProps } from './action.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { FormChoiceFields } from './form-choice-fields.tsx';
import { choiceOf } from './new-step-of.ts';
import { draftOf, libraryStepOf, type StepDraft, wrongIn } from './step-draft.ts';
import { StepFields } from './step-fields.tsx';
import { useStepDraft } from './use-step-draft.ts';
import { staysWords } from './what-stays.ts';

/** Changes the words and times of a step from now on; what was done stays, and it says so. */
export function ChangeStep({ step, onClose, onDone }: StepFormProps) {
  const pages = useClinicianPages();
  const { homework, place, change } = pages;
  const name = useId();
  const today = dayOf(homework.now, place.timeZone);
  const days = { today, last: pages.view.plan.period.end };
  // what the form was opened over: only what is different from that is sent
  const [opened, setOpened] = useState(step);
  const subject = `change:${step.id}`;
  const { draft, wrong, ...writing } = useStepDraft(subject, {
    first: draftOf(step, days),
    today,
    has: scheduleOf(opened),
    library: libraryStepOf(step, pages),
  });
  const [reason, setReason] = useTextDraft(`${subject}:reason`);
  const { busy, problem, run } = useAction();
  const [nothing, setNothing] = useState(false);
  const kind = choiceOf(homework, step);
  const [form, setForm, forgetForm] = useKeptState<FormChoiceDraft>(`${subject}:form`, noChoice, isFormChoice);
  const [tried, setTried] = useState(false);
  const wrongForm = wrongInForm(kind, form, step.form);
  const to = { ...whatIsSent(opened, draft, days), ...defined({ form: formToSend(kind, form) }) };
  const locked = step.status === 'draft';
  const forget = (): void => {
    writing.forget();
    forgetForm();
    setReason('');
  };
  const finish = async (): Promise<void> => {
    setNothing(Object.keys(to).length === 0);
    setTried(true);
    if (!writing.ready() || Object.keys(wrongForm).length > 0 || Object.keys(to).length === 0) return;
    const because = reason.trim() === '' ? {} : { reason: reason.trim() };
    const body = { basedOn: revisionOf(opened), ...because, ...to };
    let over = false;
    const was = await run(async () => {
      const changed = await change({ method: 'PATCH', path: `/assignments/${step.id}`, body });
      over = changed?.assignments.find(({ id }) => id === step.id)?.status === 'completed';
    });
    if (!was) return;
    forget();
    onDone(`Step ${step.key} is changed.${over ? ' It is over now.' : ''} What was logged stays as it was.`);
  };
  return (
    <FormSheet
      title={`Change step ${step.key}`}
      wide
      problem={problem}
      finishWords="Change this step"
      disabled={busy}
      onClose={onClose}
      forget={forget}
      onFinish={finish}
    >
      <StepFields {...{ draft, wrong, today, place, locked }} onChange={writing.change} onCount={writing.count} />
      <FormChoiceFields
        {...{ kind, draft: form, there: step.form }}
        wrong={tried ? wrongForm : {}}
        onChange={setForm}
      />
      <WhatChanges step={opened} to={to} />
      <LinesField
        id={`${name}-reason`}
        label="Why?"
        optional
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
      {nothing ? <p className="problem">Nothing is different yet.</p> : null}
      <ChangedMeanwhile
        opened={opened}
        step={step}
        kept="What you wrote is kept. Only what you changed yourself will be sent."
        onRead={() => setOpened(step)}
      />
    </FormSheet>
  );
}

const isFormChoice = (value: unknown): value is FormChoiceDraft =>
  typeof value === 'object' && value !== null && 'own' in value && 'settings' in value;

/** Of a draft how often and by when. */
function timesIn({ title: _title, instructions: _what, rationale: _why, ...times }: StepDraft): ScheduleDraft {
  return times;
}

/** What is different from the step as the form was opened over it. */
function whatIsSent(opened: StepView, draft: StepDraft, days: StepDays) {
  const { title, instructions, rationale } = draft;
  const first = draftOf(opened, days);
  const schedule = !sameValue(timesIn(draft), timesIn(first));
  const isWhole = Object.keys(wrongIn(draft, days)).length === 0;
  const text = (field: 'title' | 'instructions' | 'rationale', value: string) =>
    value.trim() === '' || value.trim() === first[field].trim() ? {} : { [field]: value.trim() };
  return {
    ...text('title', title),
    ...text('instructions', instructions),
    ...text('rationale', rationale),
    ...(schedule && isWhole && !sameValue(scheduleIn(draft), scheduleOf(opened))
      ? { schedule: scheduleIn(draft) }
      : {}),
  };
}

interface WhatChangesProps {
  readonly step: StepView;
  readonly to: ReturnType<typeof whatIsSent> & { readonly form?: unknown };
}

/** What will be different for the patient, what goes with it, and what stays. */
function WhatChanges({ step, to }: WhatChangesProps) {
  const { view, place } = useClinicianPages();
  const was = scheduleOf(step);
  const stays = staysWords(view, step);
  const follows =
    to.schedule === undefined
      ? []
      : view.assignments.flatMap(({ key, status, unlockedAt, unlock }) => {
          if (status !== 'draft' || unlockedAt !== undefined || unlock.type !== 'after' || unlock.after !== step.key)
            return [];
          const rule = ruleForCount(unlock, { was: timesAsked(was), is: timesAsked(to.schedule ?? was) });
          return sameValue(rule, unlock) ? [] : [`Step ${key} goes with it: ${unlockWords(rule, place).toLowerCase()}`];
        });
  const lines = [
    ...('title' in to ? [`Title: “${isolate(`${to.title}`)}”`] : []),
    ...('instructions' in to ? ['What to do is reworded'] : []),
    ...('rationale' in to ? ['Why it is done is reworded'] : []),
    ...(to.schedule === undefined ? [] : [timesChanged(was, to.schedule, place)]),
    ...(to.form === undefined ? [] : ['What its form asks; what was begun is finished as it was begun']),
    ...follows,
  ];
  return (
    <section className="what-changes" aria-label="What changes and what stays">
      <h3>From now on</h3>
      {lines.length === 0 ? (
        <p className="quiet">Nothing is different yet.</p>
      ) : (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p>{stays ?? 'Nothing that was planned in this step has been logged yet.'}</p>
    </section>
  );
}
