import type { ReactNode } from 'react';
import { dayGrid } from '../charts/day-grid.ts';
import { DayGridTable } from '../charts/day-grid-table.tsx';
import { dailySteps } from '../plan/daily-steps.ts';
import { placeOf } from '../words/dates.ts';
import type { Charted } from './charted.ts';
import { useClinicianPages } from './clinician-context.ts';

interface DayGridsProps {
  readonly of: readonly Charted[];
  /** What stands there when there is no grid. */
  readonly none?: ReactNode;
}

/** A grid for each step that is done every day: thirty days at a glance. */
export function DayGrids({ of, none = null }: DayGridsProps) {
  const { homework } = useClinicianPages();
  const views = [...new Set(of.map(({ view }) => view))];
  const grids = views.flatMap((view) =>
    dailySteps(view).flatMap((step) => {
      const grid = dayGrid(homework, view, step);
      return grid === undefined || grid.rows.length === 0
        ? []
        : [<DayGridTable key={step.id} title={step.title} grid={grid} place={placeOf(view)} />];
    }),
  );
  return grids.length > 0 ? grids : none;
}
