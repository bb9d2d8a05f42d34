import { dueDay } from '../../../src/homework/schedule/day-end.ts';
import { Status } from '../parts/tone.tsx';
import type { NotDone } from '../plan/since-visit.ts';
import { stepName } from '../plan/steps.ts';
import { dueWords, writeDate, writeDay } from '../words/dates.ts';
import { assignmentWords, barrierWords } from '../words/status-words.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PlanTitle } from './plan-title.tsx';

/** What was due and was not done, with what is known of the reason. */
export function NotDoneItem({ step, occurrence, barriers }: NotDone) {
  const { place, homework } = useClinicianPages();
  return (
    <li className="card tight">
      <h3>{stepName(step)}</h3>
      <PlanTitle />
      <p className="not-done-status">
        {occurrence === undefined ? (
          <Status tone="care">{assignmentWords[step.businessStatus].words}</Status>
        ) : occurrence.status === 'overdue' ? (
          <Status tone="care">overdue, {dueWords(occurrence.dueUntil, homework.now, place)}</Status>
        ) : (
          <Status tone="care">missed, was due {writeDate(dueDay(occurrence.dueUntil, place.timeZone), place)}</Status>
        )}
      </p>
      {barriers.length === 0 ? (
        <p className="quiet">No reason is known yet. Worth asking.</p>
      ) : (
        barriers.map((barrier) => (
          <p key={barrier.id}>
            <strong>{barrierWords[barrier.code].short}</strong>
            {barrier.text === undefined ? '' : `: “${barrier.text}”`}
            {toldWords(barrier)}
            {barrier.talkedOverAt === undefined ? '' : ` (talked over ${writeDay(barrier.talkedOverAt, place)})`}
          </p>
        ))
      )}
    </li>
  );
}
