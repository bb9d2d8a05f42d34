import { dueDay } from '../../../src/homework/schedule/day-end.ts';
import { Curve } from '../charts/curve.tsx';
import { TimeChart } from '../charts/time-chart.tsx';
import { FromTo } from '../parts/icon.tsx';
import { Status } from '../parts/tone.tsx';
import { type Care, type NotDone, type SinceVisit, sinceVisit } from '../plan/since-visit.ts';
import { adherenceOf, doneOf, finishedLogs, stepName } from '../plan/steps.ts';
import { kindOf, numberIn, predictionIn, readingsOf, type Series, seriesOf } from '../plan/summary.ts';
import type { LogView } from '../service/contract.ts';
import { dueWords, writeDate, writeDay, writeTime } from '../words/dates.ts';
import { artefactWords } from '../words/landing-words.ts';
import { assignmentWords, barrierWords } from '../words/status-words.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PredictionPair } from './prediction-pair.tsx';
import { TalkedOver } from './talked-over.tsx';

/** The first page: what was done, what not and why, what changed, what needs care. */
export function SincePage() {
  const { page, view, place } = useClinicianPages();
  const since = sinceVisit(view, page);
  return (
    <>
      <div className="page-head">
        <div>
          <h1 tabIndex={-1}>{page.lastVisit === undefined ? 'Since the plan began' : 'Since last visit'}</h1>
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
                <CareItem key={keyOf(care)} care={care} />
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
                  <LogInBrief log={log} slug={step.kind} />
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
  const { view, page } = useClinicianPages();
  const overall = adherenceOf(view);
  const done = doneOf(overall);
  const changes = seriesOf(
    kindsIn(
      page.kinds,
      view.assignments.map(({ kind }) => kind),
    ),
  )
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

function kindsIn<K extends { readonly slug: string }>(kinds: readonly K[], slugs: readonly string[]): readonly K[] {
  return kinds.filter(({ slug }) => slugs.includes(slug));
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
  const { page, view, place } = useClinicianPages();
  const logs = finishedLogs(view);
  const drawn = seriesOf(
    kindsIn(
      page.kinds,
      view.assignments.map(({ kind }) => kind),
    ),
  )
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

function LogInBrief({ log, slug }: { readonly log: LogView; readonly slug: string }) {
  const { page } = useClinicianPages();
  const summary = kindOf(page, slug)?.summary ?? [];
  const pair = predictionIn(log, summary);
  const changes = summary.flatMap((line) => {
    if (line.type !== 'change') return [];
    const [from, to] = [numberIn(log, line.before), numberIn(log, line.after)];
    return from === undefined && to === undefined ? [] : [{ label: line.label, unit: line.unit, from, to }];
  });
  const curve = summary.find((line) => line.type === 'points');
  return (
    <div className="log-brief">
      {pair === undefined ? null : <PredictionPair {...pair} />}
      <div className="log-measures">
        {changes.map(({ label, ...change }) => (
          <p key={label} className="change">
            <span className="curve-name">{label}</span>{' '}
            <span className="curve-values">
              <FromTo {...change} />
            </span>
          </p>
        ))}
        {curve?.type === 'points' ? (
          <Curve
            label={curve.label}
            names={curve.names}
            values={curve.linkIds.map((linkId) => numberIn(log, linkId))}
          />
        ) : null}
      </div>
      {log.withheld.length === 0 ? null : (
        <p className="quiet">
          {log.withheld.length === 1 ? 'One answer is' : `${log.withheld.length} answers are`} kept private by the
          patient.
        </p>
      )}
    </div>
  );
}

function NotDoneItem({ step, occurrence, barriers }: NotDone) {
  const { place, page } = useClinicianPages();
  return (
    <li className="card tight">
      <h3>{stepName(step)}</h3>
      <p className="not-done-status">
        {occurrence === undefined ? (
          <Status tone="care">{assignmentWords[step.businessStatus].words}</Status>
        ) : occurrence.status === 'overdue' ? (
          <Status tone="care">overdue, {dueWords(occurrence.dueUntil, page.now, place)}</Status>
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

function keyOf(care: Care): string {
  if (care.type === 'barrier') return care.barrier.id;
  if (care.type === 'message') return care.message.id;
  return care.type === 'not-landed' ? care.type : `${care.type} ${care.step.id}`;
}

function CareItem({ care }: { readonly care: Care }) {
  const { open, place, mayChange } = useClinicianPages();
  switch (care.type) {
    case 'barrier':
      return (
        <li className="care-item">
          <p>
            <strong>
              {care.step === undefined ? 'In the way of the plan' : `In the way of step ${care.step.key}`}:
            </strong>{' '}
            {barrierWords[care.barrier.code].short.toLowerCase()}
            {care.barrier.text === undefined ? '' : `, “${care.barrier.text}”`}
          </p>
          <p className="quiet">
            {care.barrier.saidBy === 'patient' ? 'Said by the patient' : 'Noted by a clinician'}
            {toldWords(care.barrier)}, {writeDay(care.barrier.recordedAt, place)}. Not talked over yet.
          </p>
          <TalkedOver barrier={care.barrier} />
        </li>
      );
    case 'ended':
      return (
        <li className="care-item">
          <p>
            <strong>{stepName(care.step)}</strong> – {assignmentWords[care.step.businessStatus].words.toLowerCase()}
            {care.step.statusReason?.text === undefined ? '' : `: “${care.step.statusReason.text}”`}
            {care.step.reportedMove === undefined ? '' : toldWords(care.step.reportedMove)}
          </p>
        </li>
      );
    case 'message':
      return (
        <li className="care-item">
          <p>
            <strong>A message from the patient</strong>
            {care.step === undefined ? '' : ` on step ${care.step.key}`}
            {toldWords(care.message)}: “{care.message.text}”
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'messages' })}>
            Read and answer
          </button>
        </li>
      );
    case 'unlock':
      return (
        <li className="care-item">
          <p>
            <strong>{stepName(care.step)}</strong> waits for you to unlock it.
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'plan' })}>
            Go to the plan
          </button>
        </li>
      );
    case 'stuck':
      return (
        <li className="care-item">
          <p>
            <strong>{stepName(care.step)}</strong> stays locked, because step {care.before.key} is{' '}
            {assignmentWords[care.before.businessStatus].words.toLowerCase()}.{' '}
            {mayChange ? 'Unlock it by hand, or make a smaller step.' : 'Its clinician can unlock it.'}
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'plan' })}>
            Go to the plan
          </button>
        </li>
      );
    case 'not-landed': {
      const names = [...new Set(care.rows.map(({ artefact }) => artefactWords[artefact].one.toLowerCase()))].join(', ');
      return (
        <li className="care-item">
          <p>
            <strong>Not in the chart yet:</strong>{' '}
            {care.rows.length === 1 ? 'one entry' : `${care.rows.length} entries`} ({names}){' '}
            {care.rows.length === 1 ? 'needs' : 'need'} a look.
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'chart' })}>
            See why
          </button>
        </li>
      );
    }
  }
}
