import { useEffect, useState } from 'react';
import type { LibraryPlanView } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { tailoredUnlock } from '../../../src/homework/plan/tailored-step.ts';
import { addDays, dayOf } from '../../../src/homework/schedule/day-end.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { formToSend } from '../plan/form-choice.ts';
import {
  entryAt,
  entryProblems,
  formProblems,
  lastDayOf,
  type StepEntries,
  scheduleFrom,
  tailoredFrom,
} from '../plan/tailoring.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { willAssign } from '../words/assign-words.ts';
import { writeDate } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import type { AssignPageProps } from './assign-page-props.ts';
import { runningOf, tailoringOf } from './begun-assignment.ts';
import { choiceOf } from './new-step-of.ts';
import { type FrameEntries, frameProblems, PlanFrame } from './plan-frame.tsx';
import { StartOver } from './start-over.tsx';
import { entryId, TailorStep } from './tailor-step.tsx';

interface Tailoring extends FrameEntries {
  readonly entries: Readonly<Record<string, StepEntries>>;
}

function isTailoring(value: unknown): value is Tailoring {
  return typeof value === 'object' && value !== null && 'title' in value && 'start' in value && 'entries' in value;
}

interface TailorPlanProps extends Omit<AssignPageProps, 'onDone'> {
  readonly library: LibraryPlanView;
  /** To the other plans of the library, where there are others. */
  readonly onBack: (() => void) | undefined;
  readonly onAssigned: (planId: string | undefined) => void;
  /** Everything of it is forgotten, and it begins anew. */
  readonly onStartOver: () => void;
  /** Leaves the page; what was entered is kept. */
  readonly onDone: (planId: undefined) => void;
}

/** Fits a library plan to a patient, a line a step, and assigns it. */
export function TailorPlan({
  library,
  homework,
  place,
  change,
  onBack,
  onAssigned,
  onStartOver,
  onDone,
}: TailorPlanProps) {
  const { session, expired, online } = useAppSession();
  const { timeZone } = place;
  const today = dayOf(homework.now, timeZone);
  const first: Tailoring = { title: library.title, start: today, end: addDays(today, 42), entries: {} };
  const [kept, set, forget] = useKeptState(tailoringOf(library), first, isTailoring);
  const { title, start, end, entries } = kept;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState(false);
  const [lookAt, setLookAt] = useState<{ readonly id: string }>();
  const [startingOver, setStartingOver] = useState(false);
  const { busy, problem, run } = useAction();
  useEffect(() => {
    if (lookAt !== undefined) document.getElementById(lookAt.id)?.focus();
  }, [lookAt]);

  const running = runningOf(library, homework);
  const from = start === '' ? today : start;
  const steps = library.steps.map((step) => {
    const own = entries[step.key] ?? {};
    const time = { start: from, ...(end === '' ? {} : { end }), timeZone, now: homework.now };
    const kind = choiceOf(homework, step);
    const form = own.form === undefined || own.omit === true ? undefined : formToSend(kind, own.form);
    return {
      ...{ step, own, kind },
      problems: [...entryProblems(step, own, time), ...formProblems(kind, own)],
      tailored: { ...tailoredFrom(step, own, from), ...defined({ form }) },
    };
  });
  const used = steps.filter(({ own }) => own.omit !== true);
  const tailor = Object.fromEntries(
    steps.flatMap(({ step, tailored }) => (Object.keys(tailored).length === 0 ? [] : [[step.key, tailored] as const])),
  );
  const goOn = used.flatMap(({ step, own }) => {
    const until = lastDayOf(scheduleFrom(step, own, from));
    return until === undefined || end === '' || end <= from || until <= end ? [] : [{ key: step.key, until }];
  });
  const frame = frameProblems({ title, start, end });
  const ofSteps = steps.flatMap(({ step: { key }, problems }) =>
    problems.map(({ field }) => ({ key, id: entryId(key, field) })),
  );
  const wrong = frame.length + ofSteps.length;
  const show = (key: string, id: string): void => {
    setOpened((before) => new Set([...before, key]));
    setLookAt({ id });
  };

  const assign = async (): Promise<void> => {
    let made: PlanView | undefined;
    const body = {
      patientId: homework.patient.id,
      libraryPlan: `${library.slug}|${library.version}`,
      title: title.trim(),
      period: { start, ...(end === '' ? {} : { end }) },
      tailor,
    };
    const was = await run(async () => {
      try {
        made = await change({ method: 'POST', path: '/plans', body });
      } catch (error) {
        // the service names what it does not take: that step is opened, and the rest stands in the words
        const keys = used.map(({ step }) => step.key);
        const [at] = problemOf(error).issues.flatMap(({ path }) => entryAt(path, keys) ?? []);
        if (at !== undefined) show(at.key, entryId(at.key, at.field ?? 'line'));
        throw error;
      }
    });
    if (!was) return;
    forget();
    onAssigned(made?.plan.id);
  };
  const press = (): void => {
    setTold(true);
    const [ofFrame] = frame;
    const [ofStep] = ofSteps;
    for (const { key } of ofSteps) setOpened((before) => new Set([...before, key]));
    if (ofFrame !== undefined) setLookAt({ id: ofFrame.id });
    else if (ofStep !== undefined) setLookAt({ id: ofStep.id });
    else void assign();
  };
  const untouched =
    Object.keys(tailor).length === 0 && title === first.title && start === first.start && end === first.end;
  return (
    <form
      className="assign"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
    >
      {onBack === undefined ? null : (
        <button type="button" className="plain back" onClick={onBack}>
          <span aria-hidden="true">‹ </span>Other plans
        </button>
      )}
      <h1 tabIndex={-1}>
        Assign “<bdi>{library.title}</bdi>”
      </h1>
      <p className="lead">
        For <bdi>{homework.patient.name}</bdi>. Go through it together: what the patient helps to word is more likely to
        be done.
      </p>
      {running === undefined ? null : (
        <Notice tone="care" title={`${isolate(homework.patient.name)} has this plan already`}>
          <p>
            “<bdi>{running.plan.title}</bdi>” {running.plan.period.start > today ? 'begins on' : 'runs since'}{' '}
            {writeDate(running.plan.period.start, place)}. Assigned here, it is a second plan beside that one. To change
            the one that runs, go to its page instead.
          </p>
        </Notice>
      )}
      <p className="quiet" dir="auto">
        {library.description}
      </p>
      <p className="quiet">Words, times and steps can be changed later, too; what was done by then stays as it was.</p>
      <PlanFrame frame={{ title, start, end }} problems={frame} told={told} onChange={set} />
      <p role="status" className="help">
        {goOn.length === 0
          ? ''
          : `${goOn.map(({ key, until }) => `Step ${key} goes on until ${writeDate(until, place)}`).join('; ')}: that is after the plan’s end. Set a later end, or an earlier day for the step.`}
      </p>
      <h2>Steps</h2>
      <p className="help">
        Open a step to fit its words and dates. It can be left out where no step that stays opens after it.
      </p>
      <ol className="plain-list tailor-list">
        {steps.map(({ step, own, kind, problems }) => (
          <TailorStep
            key={step.key}
            {...{ step, kind, problems, told, place }}
            entries={own}
            unlock={tailoredUnlock(step, library.steps, tailor)}
            start={from}
            needed={library.steps.some(
              ({ key, unlock }) => unlock.type === 'after' && unlock.after === step.key && entries[key]?.omit !== true,
            )}
            open={opened.has(step.key)}
            onOpen={(open) =>
              setOpened(
                (before) => new Set(open ? [...before, step.key] : [...before].filter((key) => key !== step.key)),
              )
            }
            onChange={(entered) => set({ entries: { ...entries, [step.key]: entered } })}
          />
        ))}
      </ol>
      <div className="assign-bar">
        <ProblemNotice problem={problem} />
        <div className="assign-bar-row">
          <button type="submit" className="primary" disabled={busy || !session.canWrite || expired || !online}>
            Assign to <bdi>{homework.patient.name}</bdi>
          </button>
          <p className="quiet">
            {wrong > 0
              ? `${wrong === 1 ? 'One entry needs' : `${wrong} entries need`} a look before it can be assigned.`
              : willAssign(
                  used.map(({ step }) => step),
                  library.steps.length,
                )}
          </p>
          <button type="button" className="plain" onClick={() => onDone(undefined)}>
            Not now
          </button>
          {untouched ? null : (
            <button type="button" className="plain" onClick={() => setStartingOver(true)}>
              Start over
            </button>
          )}
        </div>
      </div>
      {startingOver ? (
        <StartOver
          onKeep={() => setStartingOver(false)}
          onStartOver={() => {
            forget();
            onStartOver();
          }}
        />
      ) : null}
    </form>
  );
}
