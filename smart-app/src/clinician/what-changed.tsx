import { hasDays } from '../plan/daily-steps.ts';
import type { SinceVisit } from '../plan/since-visit.ts';
import { finishedLogs } from '../plan/steps.ts';
import { useClinicianPages } from './clinician-context.ts';
import { drawnCharts } from './drawn-charts.ts';
import { MeasureCharts } from './measure-charts.tsx';

/** What changed, as charts over the whole of the plans; what is new since the visit is marked in them. */
export function WhatChanged({ since }: { readonly since: SinceVisit }) {
  const { homework, plans } = useClinicianPages();
  const charted = plans.map((view) => ({ view, logs: finishedLogs(view) }));
  const charts = drawnCharts(homework, charted);
  // days that are seen at a glance are worth it before anything was rated twice
  if (charts.length === 0 && !plans.some((view) => hasDays(homework, view))) return null;
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">
        What changed <span className="quiet">since {plans.length > 1 ? 'each plan' : 'the plan'} began</span>
      </h2>
      <MeasureCharts of={charted} charts={charts} since={since.from} />
    </section>
  );
}
