import { useEffect } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { isRunning, occurrencesOf, openOccurrences, stepsOf } from '../plan/steps.ts';
import { seriesOf } from '../plan/this-week.ts';
import { useAppSession } from '../session/app-session.tsx';
import { answerSubject, barrierSubject, isTextBegun } from '../session/begun-text.ts';
import { placeOf } from '../words/dates.ts';
import { timeWords } from '../words/series-words.ts';
import { logSubject } from './log-subject.ts';
import { Named, OfPlan } from './of-plan.tsx';
import { usePatientPages } from './patient-context.ts';

/**
 * What was begun on this device and not sent, of what is in the way, in answer to a message, or of a day that is asked for no more:
 * first, for nobody else knows of it.
 */
export function BegunNotes({ view }: { readonly view: PlanView }) {
  const { homework, open, earlier } = usePatientPages();
  const { drafts, session } = useAppSession();
  const { load } = earlier;
  const isShort = view.earlier !== undefined;
  // what was begun may be of a day that is long over
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; what does not come is there with the next loading
  useEffect(() => {
    if (isShort) load();
  }, [isShort]);
  if (!session.canWrite) return null;
  const steps = (isRunning(view) ? stepsOf(view) : [])
    .filter(({ id, status }) => status !== 'draft' && isTextBegun(drafts, barrierSubject(id)))
    .map(({ id, title }) => ({
      ...{ id, about: title, doing: 'say what is in the way' },
      page: { name: 'step', assignmentId: id } as const,
    }));
  // in a plan that is over, too, there are messages to answer
  const messages = view.feedback
    .filter(({ id }) => isTextBegun(drafts, answerSubject(id)))
    .map(({ id, text }) => ({ id, about: text, doing: 'answer a message', page: { name: 'messages' } as const }));
  const place = placeOf(view);
  const today = dayOf(homework.now, place.timeZone);
  const days = stepsOf(view).flatMap((step) => {
    const asked = openOccurrences(view, step.id);
    return occurrencesOf(view, step.id)
      .filter((time) => time.day !== undefined && !asked.includes(time))
      .filter((time) => drafts.peek(logSubject(step.id, time)).some(({ synced }) => !synced))
      .map((time) => ({
        ...{ id: time.id, about: step.title },
        doing: `write down ${timeWords(time, { series: seriesOf(step), today, place })}`,
        page: { name: 'log', assignmentId: step.id, occurrenceId: time.id } as const,
      }));
  });
  return [...days, ...steps, ...messages].map(({ id, about, doing, page }) => (
    <article key={id} className="card">
      <h2>You began to {doing}</h2>
      <p className="clamp" dir="auto">
        {about}
      </p>
      <OfPlan view={view} />
      <p>It is not sent yet.</p>
      <div className="buttons">
        <button type="button" className="primary" onClick={() => open(page)}>
          Go on with it
          <Named title={about} />
        </button>
      </div>
    </article>
  ));
}
