import type { Instant } from '../../../src/homework/model.ts';
import { ChartKey } from '../charts/chart-key.tsx';
import { TimeChart } from '../charts/time-chart.tsx';
import { loggedSteps } from '../plan/summary.ts';
import { type Charted, chartsOf } from './charted.ts';
import { useClinicianPages } from './clinician-context.ts';
import { FirstFew } from './first-few.tsx';

interface MeasureChartsProps {
  readonly of: readonly Charted[];
  readonly since?: Instant;
}

/** How many are shown before the rest is asked for. */
const firstCharts = 4;

/** From the first to the last rating of a plan, whatever was rated: what happened at one time stands at one place in all its charts. */
function spanOfPlan(charts: ReturnType<typeof chartsOf>, view: Charted['view']): readonly [Instant, Instant] {
  const times = charts
    .flatMap((chart) => (chart.view === view ? chart.measure.readings.map(({ at }) => at) : []))
    .toSorted();
  return [times[0] ?? '', times.at(-1) ?? ''];
}

/** The charts of one plan or several, with how to read them. */
export function MeasureCharts({ of, since }: MeasureChartsProps) {
  const { homework, plans, place } = useClinicianPages();
  const charts = chartsOf(homework, of);
  if (charts.length === 0) return null;
  const more = since === undefined ? {} : { since };
  const steps = of.map(({ view, logs }) => loggedSteps(view, logs));
  return (
    <>
      <ChartKey
        steps={steps.find((steps) => new Set(steps.map(({ stepKey }) => stepKey)).size > 1) ?? []}
        measures={charts.slice(0, firstCharts).map(({ measure }) => measure)}
        place={place}
        {...more}
      />
      <FirstFew first={firstCharts} allWords={`Show all ${charts.length} charts`} className="charts plain-list">
        {charts.map(({ view, logs, measure }) => (
          <li key={`${view.plan.id} ${measure.label}`}>
            <TimeChart
              measure={measure}
              place={{ language: view.plan.language, timeZone: view.plan.timeZone }}
              goals={view.plan.goals}
              steps={loggedSteps(view, logs)}
              span={spanOfPlan(charts, view)}
              {...(plans.length < 2 || of.length < 2 ? {} : { planTitle: view.plan.title })}
              {...more}
            />
          </li>
        ))}
      </FirstFew>
    </>
  );
}
