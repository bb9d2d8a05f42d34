import { useId, useState } from 'react';
import { planRevision } from '../../../src/homework/plan/plan-revision.ts';
import { sameValue } from '../../../src/homework/plan/same-value.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { FormSheet } from '../parts/form-sheet.tsx';
import { LinesField } from '../parts/lines-field.tsx';
import { useAction } from '../parts/use-action.ts';
import type { PlanFormProps } from './action.ts';
import { useClinicianPages } from './clinician-context.ts';
import { DaysOffFields, daysOffToSend, wrongDaysOff } from './days-off-fields.tsx';
import '../styles/change-step.css';
import '../styles/schedule.css';

/** Changes the name of the plan, the words of its goals, and its last day. */
export function ChangePlan({ onClose, onDone }: PlanFormProps) {
  const { homework, view, place, change } = useClinicianPages();
  const name = useId();
  const [opened] = useState(view.plan);
  const [title, setTitle] = useState(opened.title);
  const [end, setEnd] = useState(opened.period.end ?? '');
  const [goals, setGoals] = useState<Readonly<Record<string, string>>>({});
  const [daysOff, setDaysOff] = useState(opened.daysOff ?? []);
  const [wrong, setWrong] = useState<string>();
  const { busy, problem, run } = useAction();
  const today = dayOf(homework.now, place.timeZone);
  const finish = async (): Promise<void> => {
    const reworded = opened.goals.flatMap(({ id, description }) => {
      const words = goals[id]?.trim() ?? description;
      return words === description ? [] : [{ id, description: words }];
    });
    const to = {
      ...(title.trim() === opened.title ? {} : { title: title.trim() }),
      ...(end === (opened.period.end ?? '') ? {} : { end: end === '' ? null : end }),
      ...(reworded.length === 0 ? {} : { goals: reworded }),
      ...(sameValue(daysOffToSend(daysOff), opened.daysOff ?? []) ? {} : { daysOff: daysOffToSend(daysOff) }),
    };
    const blank = title.trim() === '' || reworded.some(({ description }) => description === '');
    const problemNow = blank
      ? 'Please leave no name and no goal empty.'
      : (wrongDaysOff(daysOff) ?? (Object.keys(to).length === 0 ? 'Nothing is different yet.' : undefined));
    setWrong(problemNow);
    if (problemNow !== undefined) return;
    const body = { basedOn: planRevision(opened), ...to };
    const was = await run(() => change({ method: 'PATCH', path: `/plans/${opened.id}`, body }));
    if (was) onDone('The plan is changed. Its steps stay as they are.');
  };
  return (
    <FormSheet
      title="Change this plan"
      className="step-fields"
      problem={problem}
      finishWords="Change this plan"
      disabled={busy}
      onClose={onClose}
      onFinish={finish}
    >
      <label htmlFor={`${name}-title`}>Name of the plan</label>
      <input
        id={`${name}-title`}
        type="text"
        dir="auto"
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {opened.goals.map((goal) => (
        <LinesField
          key={goal.id}
          id={`${name}-${goal.id}`}
          label="Goal"
          rows={2}
          maxLength={1000}
          value={goals[goal.id] ?? goal.description}
          onChange={(words) => setGoals({ ...goals, [goal.id]: words })}
        />
      ))}
      <label htmlFor={`${name}-end`}>Last day (empty: it runs on)</label>
      <input
        id={`${name}-end`}
        type="date"
        min={today}
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
      />
      <DaysOffFields {...{ daysOff, today }} onChange={setDaysOff} />
      {wrong === undefined ? null : <p className="problem">{wrong}</p>}
    </FormSheet>
  );
}
