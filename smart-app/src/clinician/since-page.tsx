import type { ReactNode } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { spanOf } from '../../../src/homework/log/measures-of.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { Status } from '../parts/tone.tsx';
import { type SinceVisit, sinceVisit } from '../plan/since-visit.ts';
import { adherenceOf, doneOf, finishedLogs, isRunning, stepName } from '../plan/steps.ts';
import { measuresIn } from '../plan/summary.ts';
import { writeTime } from '../words/dates.ts';
import { CareItem, careKey } from './care-item.tsx';
import { ClinicianContext, useClinicianPages } from './clinician-context.ts';
import { LogInBrief } from './log-in-brief.tsx';
import { NotDoneItem } from './not-done-item.tsx';
import { usePeriod } from './period-context.tsx';
import { PeriodHead } from './period-head.tsx';
import { PlanTitle } from './plan-title.tsx';

/**
 * The first page, about the patient and not about one plan: what was done in all their plans, what not and why, what changed,
 * what needs care.
 */
export function SincePage() {
  const { homework, plans, place } = useClinicianPages();
  const { from } = usePeriod();
  const since = sinceVisit(plans, from);
  const inCrisis = (homework.safety?.open.length ?? 0) > 0;
  return (
    <>
      <PeriodHead since={since} />
      <p className="headline">
        <Headline since={since} />
      </p>
      <div className="since-columns care-first">
        <div className="since-side">
          <section aria-labelledby="care">
            <h2 id="care">What needs care</h2>
            {since.care.length > 0 ? null : (
              <p className="quiet">{inCrisis ? 'The safety signal above comes first.' : 'Nothing stands out.'}</p>
            )}
            <ul className="plain-list">
              {since.care.map(({ care, view }) => (
                <OfPlan key={`${view.plan.id} ${careKey(care)}`} view={view}>
                  <CareItem care={care} />
                </OfPlan>
              ))}
            </ul>
          </section>
          <section aria-labelledby="not-done">
            <h2 id="not-done">What was not done, and why</h2>
            {since.notDone.length > 0 ? null : (
              <p className="quiet">
                {!since.wasDue
                  ? 'Nothing was due in this time.'
                  : inCrisis
                    ? 'Nothing is missed or overdue.'
                    : 'Everything that was due was done.'}
              </p>
            )}
            <ul className="plain-list">
              {since.notDone.map(({ view, ...notDone }) => (
                <OfPlan key={notDone.occurrence?.id ?? notDone.step.id} view={view}>
                  <NotDoneItem {...notDone} />
                </OfPlan>
              ))}
            </ul>
          </section>
        </div>
        <div className="since-main">
          <Changed />
          <section aria-labelledby="done">
            <h2 id="done">What was done</h2>
            {since.done.length === 0 ? <p className="quiet">Nothing has been logged in this time.</p> : null}
            <ul className="done-list">
              {since.done.toReversed().map(({ log, step, view }) => (
                <OfPlan key={log.id} view={view}>
                  <li className="card tight">
                    <p className="card-top">
                      <strong>{writeTime(log.performedAt, place)}</strong>
                      {log.resolution === 'late' ? <Status tone="quiet">late, counted</Status> : null}
                      {log.resolution === 'extra' || log.resolution === 'ad-hoc' ? (
                        <Status tone="quiet">unplanned</Status>
                      ) : null}
                    </p>
                    <h3>{stepName(step)}</h3>
                    <PlanTitle />
                    <LogInBrief log={log} />
                  </li>
                </OfPlan>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </>
  );
}

/** What stands in it works with its own plan, whichever is chosen on the other pages. */
function OfPlan({ view, children }: { readonly view: PlanView; readonly children: ReactNode }) {
  const { forPlan } = useClinicianPages();
  return <ClinicianContext value={forPlan(view)}>{children}</ClinicianContext>;
}

/** From how many times on a percentage says more than the count beside it. */
const manyTimes = 20;

/** Few sentences that would do if there were no time for more; each of the same time and the same plans as the lists below. */
function Headline({ since }: { readonly since: SinceVisit }) {
  const { homework, plans } = useClinicianPages();
  const counts = plans.flatMap((view) => {
    const overall = adherenceOf(view);
    const done = doneOf(overall);
    if (done === undefined || (plans.length > 1 && !isRunning(view))) return [];
    const percent = done.due >= manyTimes && overall?.percent !== undefined ? ` (${overall.percent} %)` : '';
    const whole = plans.length === 1 ? 'Over the whole plan' : `Over the whole of “${view.plan.title}”`;
    return [` ${whole} ${done.done} of ${done.due} done${percent}.`];
  });
  const logs = since.done.map(({ log }) => log);
  // a log that was written late tells of another time
  const ofThisTime = logs.filter(({ performedAt }) => performedAt >= since.from);
  // a measure that a goal names says most
  const named = new Set(plans.flatMap(({ plan }) => plan.goals.map(({ measure }) => measure?.code)));
  const measures = measuresIn(homework, ofThisTime).toSorted(
    (measure, other) => Number(named.has(other.linkId)) - Number(named.has(measure.linkId)),
  );
  const [change] = measures.flatMap((measure) => {
    const { first, last } = spanOf(measure);
    const unit = measure.unit === '' ? '' : ` ${measure.unit}`;
    return first === last
      ? []
      : [` ${measure.label} went ${last < first ? 'down' : 'up'} from ${first} to ${last}${unit} in this time.`];
  });
  const count = (status: string) => since.notDone.filter(({ occurrence }) => occurrence?.status === status).length;
  const [missed, overdue] = [count('missed'), count('overdue')];
  return (
    <>
      {logs.length === 0 ? 'No logs in this time' : logs.length === 1 ? 'One log' : `${logs.length} logs`}
      {missed > 0 ? `, ${missed} missed` : ''}
      {overdue > 0 ? `, ${overdue} overdue` : ''}.{counts.join('')}
      {change ?? ''}
    </>
  );
}

/** What changed, as small charts over the whole of the plans. */
function Changed() {
  const { homework, plans, place } = useClinicianPages();
  const logs = plans
    .flatMap((view) => finishedLogs(view))
    .toSorted((log, other) => log.performedAt.localeCompare(other.performedAt));
  const drawn = measuresIn(homework, logs).filter((measure) => spanOf(measure).count > 1);
  if (drawn.length === 0) return null;
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">
        What changed <span className="quiet">over the whole {plans.length > 1 ? 'of all plans' : 'plan'}</span>
      </h2>
      <div className="charts">
        {drawn.slice(0, 4).map((measure) => (
          <TimeChart
            key={measure.label}
            measure={measure}
            place={place}
            goals={plans.flatMap(({ plan }) => plan.goals)}
          />
        ))}
      </div>
    </section>
  );
}
