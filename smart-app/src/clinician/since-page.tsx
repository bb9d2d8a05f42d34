import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { Status } from '../parts/tone.tsx';
import { type SinceVisit, sinceVisit } from '../plan/since-visit.ts';
import { adherenceOf, doneOf, finishedLogs, stepName } from '../plan/steps.ts';
import { numberIn, readingsOf, type Series, seriesOf, versionsOf } from '../plan/summary.ts';
import { writeDay, writeTime } from '../words/dates.ts';
import { CareItem, careKey } from './care-item.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { LogInBrief } from './log-in-brief.tsx';
import { NotDoneItem } from './not-done-item.tsx';

/** The first page: what was done, what not and why, what changed, what needs care. */
export function SincePage() {
  const { homework, view, place } = useClinicianPages();
  const since = sinceVisit(view, homework);
  return (
    <>
      <div className="page-head">
        <div>
          <h1 tabIndex={-1}>{homework.lastVisit === undefined ? 'Since the plan began' : 'Since last visit'}</h1>
          <p className="quiet">
            {view.plan.title} · since {writeDay(since.from, place)}
          </p>
        </div>
      </div>
      <p className="headline">
        <Headline since={since} />
      </p>
      <div className="since-columns care-first">
        <div className="since-side">
          <section aria-labelledby="care">
            <h2 id="care">What needs care</h2>
            {since.care.length === 0 ? <p className="quiet">Nothing stands out.</p> : null}
            <ul className="plain-list">
              {since.care.map((care) => (
                <CareItem key={careKey(care)} care={care} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="not-done">
            <h2 id="not-done">What was not done, and why</h2>
            {since.notDone.length === 0 ? <p className="quiet">Everything that was due was done.</p> : null}
            <ul className="plain-list">
              {since.notDone.map((notDone) => (
                <NotDoneItem key={notDone.occurrence?.id ?? notDone.step.id} {...notDone} />
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
              {since.done.toReversed().map(({ log, step }) => (
                <li key={log.id} className="card tight">
                  <p className="card-top">
                    <strong>{writeTime(log.performedAt, place)}</strong>
                    {log.resolution === 'late' ? <Status tone="quiet">late, counted</Status> : null}
                    {log.resolution === 'extra' || log.resolution === 'ad-hoc' ? (
                      <Status tone="quiet">unplanned</Status>
                    ) : null}
                  </p>
                  <h3>{stepName(step)}</h3>
                  <LogInBrief log={log} />
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </>
  );
}

/** One sentence that would do if there were no time for more. */
function Headline({ since }: { readonly since: SinceVisit }) {
  const { view, homework } = useClinicianPages();
  const overall = adherenceOf(view);
  const done = doneOf(overall);
  const changes = seriesOf(versionsOf(homework, view.assignments))
    .map((series) => ({ series, change: changeOf(series, finishedLogs(view)) }))
    .flatMap(({ series, change }) =>
      change === undefined || change.from === change.to ? [] : [{ series, ...change }],
    );
  const belief = changes[0];
  const logs = since.done.length === 1 ? 'One log' : `${since.done.length} logs`;
  const missed = since.notDone.filter(({ occurrence }) => occurrence?.status === 'missed').length;
  const overdue = since.notDone.filter(({ occurrence }) => occurrence?.status === 'overdue').length;
  return (
    <>
      {since.done.length === 0 ? 'No logs in this time' : logs}
      {missed > 0 ? `, ${missed} missed` : ''}
      {overdue > 0 ? `, ${overdue} overdue` : ''}.
      {done === undefined ? '' : ` Over the whole plan ${done.done} of ${done.due} done (${overall?.percent} %).`}
      {belief === undefined
        ? ''
        : ` ${belief.series.label} went ${belief.to < belief.from ? 'down' : 'up'} from ${belief.from} to ${belief.to}${belief.series.unit === '' ? '' : ` ${belief.series.unit}`}.`}
    </>
  );
}

function changeOf(
  series: Series,
  logs: readonly LogView[],
): { readonly from: number; readonly to: number } | undefined {
  const readings = readingsOf(logs, series.linkId);
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const before = series.beforeLinkId === undefined ? undefined : numberIn(first.log, series.beforeLinkId);
  return { from: before ?? first.value, to: last.value };
}

/** What changed, as sentences with small charts over the whole plan. */
function Changed() {
  const { homework, view, place } = useClinicianPages();
  const logs = finishedLogs(view);
  const drawn = seriesOf(versionsOf(homework, view.assignments))
    .map((series) => ({ series, readings: readingsOf(logs, series.linkId) }))
    .filter(({ readings }) => readings.length > 1);
  if (drawn.length === 0) return null;
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">What changed</h2>
      <div className="charts">
        {drawn.slice(0, 4).map(({ series, readings }) => (
          <TimeChart
            key={series.linkId}
            series={series}
            readings={readings}
            place={place}
            target={view.plan.goals.find(({ measure }) => measure?.code === series.linkId)?.target?.value}
          />
        ))}
      </div>
    </section>
  );
}
