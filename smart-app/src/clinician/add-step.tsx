import { useId, useState } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import type { UnlockRule } from '../../../src/homework/model.ts';
import { freshKey } from '../../../src/homework/plan/fresh-key.ts';
import { isEnded } from '../../../src/homework/plan/is-ended.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf, timesAsked } from '../../../src/homework/schedule/schedule-of.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { stepsOf } from '../plan/steps.ts';
import { unlockWords } from '../words/status-words.ts';
import type { PlanFormProps } from './action.ts';
import { useClinicianPages } from './clinician-context.ts';
import { scheduleIn, suggestedDay, timesDraft, wordsToSend } from './step-draft.ts';
import { StepFields } from './step-fields.tsx';
import { useStepDraft } from './use-step-draft.ts';

/** Puts another step into the plan: which kind, where, what it says, and what opens it. */
export function AddStep({ onClose, onDone }: PlanFormProps) {
  const { homework, view, place, change } = useClinicianPages();
  const name = useId();
  const today = dayOf(homework.now, place.timeZone);
  const days = { today, last: view.plan.period.end };
  const steps = stepsOf(view);
  const [kind, setKind] = useState(homework.kinds[0]?.slug ?? '');
  // after which step it comes; empty: first of all
  const [after, setAfter] = useState(steps.at(-1)?.key ?? '');
  const [opens, setOpens] = useState<'now' | 'after' | 'clinician'>('now');
  const { draft, wrong, ...writing } = useStepDraft(`add:${view.plan.id}`, {
    first: {
      title: '',
      instructions: '',
      rationale: '',
      ...timesDraft({ type: 'once', by: suggestedDay(days) }, days),
    },
    today,
  });
  const { busy, problem, run } = useAction();
  const before = steps.find((step) => step.key === after);
  const isLast = before !== undefined && before === steps.at(-1);
  const key = freshKey(view.assignments, isLast || before === undefined ? undefined : before.key);
  const waits = opens === 'after' && before !== undefined;
  const asked = before === undefined ? 1 : timesAsked(scheduleOf(before));
  const unlock: UnlockRule = waits
    ? { type: 'after', after: before.key, criterion: { type: 'logs-done', count: asked } }
    : { type: opens === 'clinician' ? 'by-clinician' : 'at-start' };
  const finish = async (): Promise<void> => {
    if (!writing.ready()) return;
    const next = before === undefined ? steps[0]?.step : steps[steps.indexOf(before) + 1]?.step;
    const body = {
      ...{ key, kind, ...wordsToSend(draft), schedule: scheduleIn(draft), unlock },
      ...(next === undefined ? {} : { step: next }),
    };
    const was = await run(() => change({ method: 'POST', path: `/plans/${view.plan.id}/assignments`, body }));
    if (!was) return;
    writing.forget();
    onDone(
      `Step ${key} is in the plan. ${unlock.type === 'at-start' ? 'The patient sees it as something to do now.' : `${unlockWords(unlock)}.`}`,
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
      forget={writing.forget}
      onFinish={finish}
    >
      <div className="when-row">
        <div>
          <label htmlFor={`${name}-kind`}>Kind</label>
          <select id={`${name}-kind`} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            {[...new Map(homework.kinds.map(({ slug, title }) => [slug, title]))].map(([slug, title]) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor={`${name}-after`}>Where</label>
          <select id={`${name}-after`} value={after} onChange={(event) => setAfter(event.currentTarget.value)}>
            <option value="">First of all</option>
            {steps.map((step) => (
              <option key={step.id} value={step.key}>
                After step {step.key}
              </option>
            ))}
          </select>
        </div>
      </div>
      <StepFields {...{ draft, wrong, today }} locked onChange={writing.change} onCount={writing.count} />
      <label htmlFor={`${name}-opens`}>Opens</label>
      <select
        id={`${name}-opens`}
        value={waits || opens !== 'after' ? opens : 'now'}
        onChange={(event) => setOpens(event.currentTarget.value as 'now' | 'after' | 'clinician')}
      >
        <option value="now">At once</option>
        {before === undefined || !mayLead(before) ? null : (
          <option value="after">
            Once step {before.key} has been logged{asked === 1 ? '' : ` ${asked} times`}
          </option>
        )}
        <option value="clinician">When a clinician unlocks it</option>
      </select>
      <p className="quiet">It will be step {key}. The other steps stay as they are.</p>
    </FormSheet>
  );
}

/** Whether another step can wait for it: it is not over, or is done. */
function mayLead(step: StepView): boolean {
  return step.status === 'completed' || !isEnded(step);
}
