import type { LedgerView, PlanView } from '../../../src/contract/app/plan-view.ts';
import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import type { Instant } from '../../../src/homework/model.ts';
import { type Sort, sortOf } from './sort-words.ts';
import type { StandsSo } from './standing-words.ts';

/** How something reaches an EHR, as a clinician would look for it there. */
export const landingWords: Readonly<Record<string, string>> = {
  native: 'as an entry of its own',
  'questionnaire-response': 'as a completed questionnaire',
  observation: 'among the measurements',
  note: 'inside a note',
  communication: 'as a message',
  'app-only': 'only here in Intersession',
};

/** Things of one sort that stand in one place, told as one line. */
export interface Standing extends StandsSo {
  readonly sort: Sort;
  readonly count: number;
  readonly ids: readonly string[];
}

const urgency: readonly LedgerState[] = [
  'rejected',
  'unknown',
  'waiting',
  'awaiting-review',
  'pending',
  'in-flight',
  'landed',
  'withdrawn',
];

/** What stands alike: what is in the chart whatever way it came there. */
function standingKey(row: LedgerView, sort: Sort): string {
  const { state, landing, reason, waitingFor, because } = row;
  const inChart = state === 'landed' && landing !== 'app-only';
  return JSON.stringify([sort, state, landing, inChart ? null : (waitingFor ?? because ?? reason), isOlder(row)]);
}

/** In the chart as it was before: what it is by now has not come there. */
function isOlder({ state, landedAt, ehrReference }: LedgerView): boolean {
  return (
    state !== 'landed' && state !== 'unknown' && state !== 'withdrawn' && landedAt !== null && ehrReference !== null
  );
}

/** The ledger told in as few lines as say it all; what needs a person first. */
export function standings(rows: readonly LedgerView[], view: Pick<PlanView, 'barriers'>): readonly Standing[] {
  const lines = new Map<string, Standing>();
  for (const row of rows) {
    const { artefact, id, state, landing, reason, waitingFor, because } = row;
    const sort = sortOf(view, row);
    const named = standingKey(row, sort);
    const before = lines.get(named);
    lines.set(named, {
      artefact,
      sort,
      older: isOlder(row),
      state,
      landing,
      reason,
      waitingFor,
      because,
      waitingSince: earlier(before?.waitingSince, row.waitingSince),
      landedAt: later(before?.landedAt, row.landedAt ?? null),
      count: (before?.count ?? 0) + (row.count ?? 1),
      ids: [...(before?.ids ?? []), id],
    });
  }
  return [...lines.values()].sort((line, other) => urgency.indexOf(line.state) - urgency.indexOf(other.state));
}

type Maybe = Instant | null | undefined;
const earlier = (maybe: Maybe, other: Maybe): Instant | null =>
  [maybe, other].filter((at) => typeof at === 'string').sort()[0] ?? null;
const later = (maybe: Maybe, other: Maybe): Instant | null =>
  [maybe, other]
    .filter((at) => typeof at === 'string')
    .sort()
    .at(-1) ?? null;

/** How many things so many rows tell of. */
const countRows = (rows: readonly LedgerView[]): number => rows.reduce((sum, { count = 1 }) => sum + count, 0);

/** One sentence over all: what stands in the chart, what is under way, what needs a person. */
export function standingSentence(rows: readonly LedgerView[]): string {
  const kept = rows.filter(({ landing, state }) => landing !== 'app-only' && state !== 'withdrawn');
  const all = countRows(kept);
  const inChart = countRows(kept.filter(({ state }) => state === 'landed'));
  const stuck = kept.filter(({ state }) => state === 'rejected' || state === 'unknown').length;
  // what an EHR takes none of goes there in another form, and is not kept here
  const here = countRows(
    rows.filter(({ landing, because }) => landing === 'app-only' && because?.code !== 'other-channels'),
  );
  const waits = kept.filter(({ state }) => state === 'waiting').length;
  const open = all - inChart - stuck - waits;
  const older = kept.filter(isOlder).length;
  if (rows.length === 0) return 'Nothing has been sent to the chart yet.';
  const parts = [
    all > 0 && inChart === all
      ? 'Everything that this chart can hold is in it'
      : `${inChart} of ${all} entries ${inChart === 1 ? 'is' : 'are'} in the chart${older === 0 ? '' : ' as it is now'}`,
    ...(older > 0 ? [`${older} ${older === 1 ? 'is' : 'are'} there in an older state`] : []),
    ...(open > 0 ? [`${open} on ${open === 1 ? 'its' : 'their'} way`] : []),
    ...(waits > 0 ? [`${waits} ${waits === 1 ? 'waits' : 'wait'}`] : []),
    ...(stuck > 0 ? [`${stuck} ${stuck === 1 ? 'needs' : 'need'} a look`] : []),
    ...(here > 0 ? [`${here} kept only in Intersession`] : []),
  ];
  return `${parts.join('; ')}.`;
}
