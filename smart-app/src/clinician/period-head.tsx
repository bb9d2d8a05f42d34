import type { SinceVisit } from '../plan/since-visit.ts';
import { writeDay } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';

/** The head of the first page: which time it tells of, and of which plans. */
export function PeriodHead({ since }: { readonly since: SinceVisit }) {
  const { homework, plans, place } = useClinicianPages();
  return (
    <div className="page-head">
      <div>
        <h1 tabIndex={-1}>
          {homework.lastVisit === since.from
            ? 'Since last visit'
            : plans.length > 1
              ? 'Since the first plan began'
              : 'Since the plan began'}
        </h1>
        <p className="quiet">
          {plans.length === 1 ? plans[0]?.plan.title : `All ${plans.length} plans`} · since{' '}
          {writeDay(since.from, place)}
        </p>
      </div>
    </div>
  );
}
