import type { StepView } from '../../../src/contract/app/plan-view.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
import { waitsForClinician } from '../../../src/homework/plan/waits-for-clinician.ts';
import { dueDay } from '../../../src/homework/schedule/day-end.ts';
import { Status } from '../parts/tone.tsx';
import { type NotDone, triedAgain } from '../plan/since-visit.ts';
import { openOccurrence, stepsOf } from '../plan/steps.ts';
import { dueWords, writeDate, writeDay } from '../words/dates.ts';
import { assignmentWords, barrierWords } from '../words/status-words.ts';
import { talkedOverWords } from '../words/talked-over-words.ts';
import { toldWords } from '../words/told-words.ts';
import { opensByRule } from './care-sheets.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LongText } from './long-text.tsx';
import { NotDoneFrame } from './not-done-frame.tsx';
import { useKnownPeople } from './people.ts';

/** What was due in a step and was not done, each time of it, with what is known of the reason. */
export function NotDoneItem({ times }: { readonly times: readonly [NotDone, ...NotDone[]] }) {
  const { place, homework } = useClinicianPages();
  const [{ step, barriers }] = times;
  return (
    <NotDoneFrame
      step={step}
      status={times.map(({ occurrence }) =>
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
    >
      <StandsNow step={step} passed={times.flatMap(({ occurrence }) => occurrence ?? [])} />
      <Reasons barriers={barriers} />
    </NotDoneFrame>
  );
}

/** What is known of why it was not done. */
export function Reasons({ barriers }: Pick<NotDone, 'barriers'>) {
  const { place, homework } = useClinicianPages();
  const people = useKnownPeople();
  return (
    <>
      {barriers.length === 0 ? (
        <p className="quiet">
          No reason is known{homework.standing?.deceased === undefined ? ' yet. Worth asking' : ''}.
        </p>
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
            {barrier.talkedOverAt === undefined ? '.' : `. ${talkedOverWords(barrier, place, people)}.`}
          </p>
        ))
      )}
    </>
  );
}

interface StandsNowProps {
  readonly step: StepView;
  readonly passed: readonly Occurrence[];
}

/** What became of a step since its time was over: it was locked again, is open again, or was logged. */
function StandsNow({ step, passed }: StandsNowProps) {
  const { homework, place, view } = useClinicianPages();
  const again = openOccurrence(view, step.id);
  const logged = passed.length === 0 ? undefined : triedAgain(view, passed).findLast(({ status }) => isLogged(status));
  const log = view.logs.find(({ id }) => id === logged?.logId);
  if (log !== undefined) return <p>Logged since, on {writeDay(log.performedAt, place)}.</p>;
  if (step.status === 'draft') {
    const byHand = waitsForClinician(stepsOf(view), step) !== undefined;
    return byHand ? <p>Locked again. It opens only by hand.</p> : <opensByRule.Part step={step} after="locked-again" />;
  }
  if (again?.status !== 'due') return null;
  return <p>Open again, {dueWords(again.dueUntil, homework.now, place)}.</p>;
}

const isLogged = (status: Occurrence['status']): boolean => status === 'done' || status === 'late';
