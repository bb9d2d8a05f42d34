import { dueDay } from '../../../src/homework/schedule/day-end.ts';
import { Status } from '../parts/tone.tsx';
import type { NotDone } from '../plan/since-visit.ts';
import { dueWords, writeDate, writeDay } from '../words/dates.ts';
import { assignmentWords, barrierWords } from '../words/status-words.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LongText } from './long-text.tsx';
import { PlanTitle } from './plan-title.tsx';
import { StepName } from './step-name.tsx';

/** What was due in a step and was not done, each time of it, with what is known of the reason. */
export function NotDoneItem({ times }: { readonly times: readonly [NotDone, ...NotDone[]] }) {
  const { place, homework } = useClinicianPages();
  const [{ step, barriers }] = times;
  return (
    <li className="not-done-item">
      <PlanTitle />
      <h3>
        <StepName step={step} />
      </h3>
      <p className="not-done-status">
        {times.map(({ occurrence }) =>
          occurrence === undefined ? (
            <Status key="step" tone="care">
              {assignmentWords[step.businessStatus].words}
            </Status>
          ) : occurrence.status === 'overdue' ? (
            <Status key={occurrence.id} tone="care">
              overdue, {dueWords(occurrence.dueUntil, homework.now, place)}
            </Status>
          ) : (
            <Status key={occurrence.id} tone="care">
              missed, was due {writeDate(dueDay(occurrence.dueUntil, place.timeZone), place)}
            </Status>
          ),
        )}
      </p>
      {barriers.length === 0 ? (
        <p className="quiet">No reason is known yet. Worth asking.</p>
      ) : (
        barriers.map((barrier) => (
          <p key={barrier.id}>
            <strong>{barrierWords[barrier.code].short}</strong>
            {barrier.text === undefined ? null : (
              <>
                : <LongText text={barrier.text} of="the reason" />
              </>
            )}
            {toldWords(barrier)}
            {barrier.talkedOverAt === undefined ? '' : ` (talked over ${writeDay(barrier.talkedOverAt, place)})`}
          </p>
        ))
      )}
    </li>
  );
}
