import type { Instant } from '../../../src/homework/model.ts';
import { writeDayNear } from '../words/dates.ts';
import { periodTitle } from '../words/period-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { usePeriod } from './period-context.tsx';

/** A time that a note can tell of, up to now. */
export interface NotePeriod {
  readonly name: 'page' | 'last-note' | 'plan';
  readonly words: string;
  /** Absent: where the service begins by itself, with the last note or the plan. */
  readonly from?: Instant;
}

/**
 * The times that a note of this plan can tell of, the likely one first: that of the first page, unless a note has told a part of
 * it already; then since that note, so that nothing is told twice.
 */
export function useNotePeriods(): readonly [NotePeriod, ...NotePeriod[]] {
  const { homework, view, place } = useClinicianPages();
  const { choice, from: asked } = usePeriod();
  const { createdAt } = view.plan;
  const last = view.reports?.filter(({ addendumTo }) => addendumTo === undefined).at(-1);
  const clipped = asked !== undefined && asked > createdAt ? asked : undefined;
  const plan: NotePeriod = {
    name: 'plan',
    words: 'Since the plan began',
    ...(last === undefined ? {} : { from: createdAt }),
  };
  const page: NotePeriod | undefined =
    clipped === undefined
      ? undefined
      : {
          name: 'page',
          words: `${periodTitle({ choice, homework, from: clipped, asked, place })}, as on the first page`,
          from: clipped,
        };
  if (last === undefined) return page === undefined ? [plan] : [page, plan];
  const since: NotePeriod = {
    name: 'last-note',
    words: `Since the last note, ${writeDayNear(last.to, homework.now, place)}`,
  };
  const told = last.to > (clipped ?? createdAt);
  const others = page === undefined ? [plan] : [page, plan];
  return told || page === undefined ? [since, ...others] : [page, since, plan];
}
