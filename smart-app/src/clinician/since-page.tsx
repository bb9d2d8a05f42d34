import { lazyPart } from '../parts/lazy-part.tsx';
import { PartMissing } from '../parts/part-missing.tsx';
import { saidDone } from '../plan/said-done.ts';
import { careOfDied, type SinceVisit, sinceVisit } from '../plan/since-visit.ts';
import { CareList } from './care-list.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { FirstFew } from './first-few.tsx';
import { Headline } from './headline.tsx';
import { NotDoneItem, Reasons } from './not-done-item.tsx';
import { OfPlan } from './of-plan.tsx';
import { LastDays, OpenNow } from './open-now.tsx';
import { usePeriod } from './period-context.tsx';
import { PeriodHead } from './period-head.tsx';
import '../styles/first-page.css';

// below what is read first, and fetched right after it
export const whatChanged = lazyPart(async () => (await import('./what-changed.tsx')).WhatChanged, PartMissing);
export const loggedNotDone = lazyPart(async () => (await import('./logged-not-done.tsx')).LoggedNotDone, PartMissing);
export const logList = lazyPart(async () => (await import('./log-list.tsx')).LogList, PartMissing);

/**
 * The first page, about the patient and not about one plan, in the order in which it is wanted: what needs care and what can be
 * done about it, what was not done and why, what changed, and what was logged.
 */
export function SincePage() {
  const { plans, homework } = useClinicianPages();
  const { from } = usePeriod();
  const since = sinceVisit(plans, from, homework.now);
  const logged = since.done.filter(({ log }) => saidDone(homework, log) === false);
  return (
    <div className="first-page">
      <PeriodHead since={since} />
      <p className="headline">
        <Headline since={since} />
      </p>
      <OpenNow />
      <LastDays />
      <CareList
        since={homework.standing?.deceased ? { ...since, care: careOfDied(since, plans) } : since}
        notDone={since.notDone.length + logged.length}
      />
      <NotDoneList since={since} logged={logged} />
      <whatChanged.Part since={since} />
      <logList.Part done={since.done.filter((entry) => !logged.includes(entry))} isNone={since.done.length === 0} />
    </div>
  );
}

interface NotDoneListProps {
  readonly since: SinceVisit;
  /** Logs that say that it was not done. */
  readonly logged: SinceVisit['done'];
}

function NotDoneList({ since: { notDone, wasDue }, logged }: NotDoneListProps) {
  const { homework } = useClinicianPages();
  const inCrisis = (homework.safety?.open.length ?? 0) > 0;
  const steps = [...Map.groupBy(notDone, ({ step }) => step.id)].flatMap(([id, [first, ...rest]]) =>
    first === undefined ? [] : [{ id, view: first.view, times: [first, ...rest] as const }],
  );
  return (
    <section aria-labelledby="not-done">
      <h2 id="not-done">What was not done, and why</h2>
      {steps.length + logged.length > 0 ? null : (
        <p className="quiet">
          {!wasDue
            ? 'Nothing was due in this time.'
            : inCrisis
              ? 'Nothing is missed or overdue.'
              : 'Everything that was due was done.'}
        </p>
      )}
      <FirstFew first={5} allWords={`Show all ${steps.length + logged.length}`} className="plain-list">
        {[
          ...steps.map(({ id, view, times }) => (
            <OfPlan key={id} view={view}>
              <NotDoneItem times={[...times]} />
            </OfPlan>
          )),
          ...logged.toReversed().map(({ log, step, view }) => (
            <OfPlan key={log.id} view={view}>
              <loggedNotDone.Part log={log} step={step}>
                <Reasons barriers={view.barriers.filter(({ assignmentId }) => assignmentId === step.id)} />
              </loggedNotDone.Part>
            </OfPlan>
          )),
        ]}
      </FirstFew>
    </section>
  );
}
