import type { Instant } from '../../../src/homework/model.ts';
import { topOf } from '../charts/beside-measures.ts';
import { ChartKey } from '../charts/chart-key.tsx';
import { plannedIn } from '../charts/planned-values.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { loggedSteps } from '../plan/summary.ts';
import type { Charted } from './charted.ts';
import { useClinicianPages } from './clinician-context.ts';
import { DayGrids } from './day-grids.tsx';
import type { DrawnChart } from './drawn-charts.ts';
import { FirstFew } from './first-few.tsx';

interface MeasureChartsProps {
  readonly of: readonly Charted[];
  /** What is drawn of them (`drawnCharts`). */
  readonly charts: readonly DrawnChart[];
  readonly since?: Instant;
}

/** How many are shown before the rest is asked for. */
const firstCharts = 4;

/** From the first to the last of a plan, whatever was rated or left out: what happened at one time stands at one place in all its charts. */
function spanOfPlan(charts: readonly DrawnChart[], view: Charted['view']): readonly [Instant, Instant] {
  const times = charts
    .flatMap(({ measure, ...chart }) =>
      chart.view === view ? [...measure.readings, ...chart.times].map(({ at }) => at) : [],
    )
    .toSorted();
  return [times[0] ?? '', times.at(-1) ?? ''];
}

/** The charts of one plan or several, with how to read them. */
export function MeasureCharts({ of, charts, since }: MeasureChartsProps) {
  const { homework, plans, place } = useClinicianPages();
  const more = since === undefined ? {} : { since };
  if (charts.length === 0)
    return (
      <DayGrids
        of={of}
        none={since === undefined ? null : <p className="quiet">Nothing was rated in the last 30 days.</p>}
      />
    );
  const steps = of.map(({ view, logs }) => loggedSteps(view, logs));
  return (
    <>
      <DayGrids of={of} />
      <ChartKey
        steps={steps.find((steps) => new Set(steps.map(({ stepKey }) => stepKey)).size > 1) ?? []}
        times={charts.some(({ times }) => times.length > 0)}
        measures={charts.slice(0, firstCharts).map(({ measure }) => measure)}
        place={place}
        {...more}
      />
      <FirstFew first={firstCharts} allWords={`Show all ${charts.length} charts`} className="charts plain-list">
        {charts.map(({ view, logs, measure, times }) => (
          <li key={`${view.plan.id} ${measure.label}`}>
            <TimeChart
              measure={measure}
              place={{ language: view.plan.language, timeZone: view.plan.timeZone }}
              goals={view.plan.goals}
              steps={loggedSteps(view, logs)}
              span={spanOfPlan(charts, view)}
              planned={plannedIn(homework, logs, measure)}
              {...(measure.unit === '' ? { top: topOf(homework, logs, measure) } : {})}
              times={times}
              {...(plans.length < 2 || of.length < 2 ? {} : { planTitle: view.plan.title })}
              {...more}
            />
          </li>
        ))}
      </FirstFew>
    </>
  );
}
