import { useId, useState } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { UnlockRule } from '../../../src/homework/model.ts';
import { freshKey } from '../../../src/homework/plan/fresh-key.ts';
import { isEnded } from '../../../src/homework/plan/is-ended.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf, timesAsked } from '../../../src/homework/schedule/schedule-of.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { type FormChoiceDraft, formToSend, noChoice, wrongInForm } from '../plan/form-choice.ts';
import { scheduleDraft, scheduleIn } from '../plan/schedule-draft.ts';
import { stepsOf } from '../plan/steps.ts';
import { unlockWords } from '../words/unlock-words.ts';
import type { PlanFormProps } from './action.ts';
import { useClinicianPages } from './clinician-context.ts';
import { FormChoiceFields } from './form-choice-fields.tsx';
import { KindPicker } from './kind-picker.tsx';
import { firstSchedule, newStepOf, offeredKinds, opensOf, type StepOpens } from './new-step-of.ts';
import { wordsToSend } from './step-draft.ts';
import { StepFields } from './step-fields.tsx';
import { useStepDraft } from './use-step-draft.ts';

const opening: readonly StepOpens[] = ['now', 'after', 'clinician', 'standing'];

/** Of what kind it is, where it stands and what opens it. */
interface Placed {
  readonly kind: string;
  /** Key of the step after which it comes; empty: first of all. */
  readonly after: string;
  readonly opens: StepOpens;
  /** What is the plan's own in its form, of each kind that was chosen, so that going on to another takes nothing away. */
  readonly forms: Readonly<Record<string, FormChoiceDraft>>;
}

const isPlaced = (value: unknown): value is Placed =>
  typeof value === 'object' && value !== null && 'opens' in value && 'forms' in value && 'after' in value;

/** Puts another step into the plan: which kind, where, what it says, how often, and what opens it. */
export function AddStep({ onClose, onDone }: PlanFormProps) {
  const { homework, view, place, change } = useClinicianPages();
  const name = useId();
  const today = dayOf(homework.now, place.timeZone);
  const days = { today, last: view.plan.period.end };
  const steps = stepsOf(view);
  const kinds = offeredKinds(homework);
  const subject = `add:${view.plan.id}`;
  const [{ kind: slug, after, opens, forms }, put, forgetPlaced] = useKeptState<Placed>(
    `${subject}:placed`,
    { kind: kinds[0]?.slug ?? '', after: steps.at(-1)?.key ?? '', opens: opensOf(kinds[0]), forms: {} },
    isPlaced,
  );
  const { draft, wrong, ...writing } = useStepDraft(subject, {
    first: {
      ...{ title: '', instructions: '', rationale: '' },
      ...scheduleDraft(firstSchedule(days), days),
    },
    today,
  });
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();
  const kind = kinds.find((known) => known.slug === slug);
  const form = forms[slug] ?? noChoice;
  const before = steps.find((step) => step.key === after);
  const isLast = before !== undefined && before === steps.at(-1);
  const key = freshKey(view.assignments, isLast || before === undefined ? undefined : before.key);
  const waits = opens === 'after' && before !== undefined;
  const asked = before === undefined ? 1 : (timesAsked(scheduleOf(before)) ?? 1);
  const unlock: UnlockRule = waits
    ? { type: 'after', after: before.key, criterion: { type: 'logs-done', count: asked } }
    : { type: opens === 'clinician' ? 'by-clinician' : 'at-start' };
  const wrongForm = wrongInForm(kind ?? {}, form);
  const forget = (): void => {
    writing.forget();
    forgetPlaced();
  };
  const finish = async (): Promise<void> => {
    setTried(true);
    if (!writing.ready() || Object.keys(wrongForm).length > 0) return;
    const next = before === undefined ? steps[0]?.step : steps[steps.indexOf(before) + 1]?.step;
    const body = {
      ...{ key, kind: slug, ...wordsToSend(draft), schedule: scheduleIn(draft), unlock },
      ...defined({ form: kind && formToSend(kind, form) }),
      ...(opens === 'standing' ? { standing: true as const } : {}),
      ...(next === undefined ? {} : { step: next }),
    };
    const was = await run(() => change({ method: 'POST', path: `/plans/${view.plan.id}/assignments`, body }));
    if (!was) return;
    forget();
    onDone(
      `Step ${key} is in the plan. ${unlock.type === 'at-start' ? 'The patient sees it as something to do now.' : `${unlockWords(unlock, place)}.`}`,
    );
  };
  return (
    <FormSheet
      title="Add a step"
      wide
      problem={problem}
      finishWords="Add this step"
      disabled={busy}
      onClose={onClose}
      forget={forget}
      onFinish={finish}
    >
      <div className="when-row">
        <KindPicker
          kinds={kinds}
          value={slug}
          onChange={(chosen) => {
            const { words, opens: offered } = newStepOf(kinds, { was: slug, is: chosen, draft, opens, days });
            put({ kind: chosen, ...defined({ opens: offered }) });
            writing.change(words);
          }}
        />
        <div>
          <label htmlFor={`${name}-after`}>Where</label>
          <select id={`${name}-after`} value={after} onChange={(event) => put({ after: event.currentTarget.value })}>
            <option value="">First of all</option>
            {steps.map((step) => (
              <option key={step.id} value={step.key}>
                After step {step.key}
              </option>
            ))}
          </select>
        </div>
      </div>
      <StepFields {...{ draft, wrong, today, place }} locked onChange={writing.change} onCount={writing.count} />
      <FormChoiceFields
        key={slug}
        kind={kind ?? {}}
        draft={form}
        wrong={tried ? wrongForm : {}}
        onChange={(to) => put({ forms: { ...forms, [slug]: to } })}
      />
      <label htmlFor={`${name}-opens`}>Opens</label>
      <select
        id={`${name}-opens`}
        value={waits || opens !== 'after' ? opens : 'now'}
        onChange={({ currentTarget: { value } }) => put({ opens: opening.find((way) => way === value) ?? 'now' })}
      >
        <option value="now">At once</option>
        {before === undefined || !mayLead(before) ? null : (
          <option value="after">
            Once step {before.key} has been logged{asked === 1 ? '' : ` ${asked} times`}
          </option>
        )}
        <option value="clinician">When a clinician unlocks it</option>
        <option value="standing">At once, and it stands beside the other steps</option>
      </select>
      <p className="quiet">It will be step {key}. The other steps stay as they are.</p>
    </FormSheet>
  );
}

/** Whether another step can wait for it: it is not over, or is done. */
function mayLead(step: StepView): boolean {
  return step.status === 'completed' || !isEnded(step);
}
