import type { LandingView } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import { type ReasonCode, type ReasonTable, readReason } from '../../../src/homework/ledger/row-reason.ts';
import type { Instant } from '../../../src/homework/model.ts';
import { stepsOf } from '../plan/steps.ts';
import type { Place } from './dates.ts';
import { type Standing, standings } from './landing-words.ts';
import { nameOfRow } from './row-names.ts';
import { channelsOf, countSignals, ofSignals, signalsTold } from './signal-standing.ts';
import { type Sort, sortOf, sortWords } from './sort-words.ts';
import { standingWords } from './standing-words.ts';
import type { Tone } from './status-words.ts';

/** Who or what it hangs on; in the order in which a clinician wants to know. */
const standingParts = ['you', 'team', 'record', 'under-way', 'in-chart', 'only-here', 'kept-out'] as const;
export type StandingPart = (typeof standingParts)[number];

const partWords: Readonly<Record<StandingPart, { readonly title: string; readonly tone: Tone }>> = {
  you: { title: 'Waiting for you', tone: 'care' },
  team: { title: 'For your integration team', tone: 'care' },
  record: { title: 'Waiting for the patient’s record in the EHR', tone: 'open' },
  'under-way': { title: 'On its way', tone: 'open' },
  'in-chart': { title: 'In the chart', tone: 'good' },
  'only-here': { title: 'Only here in Intersession', tone: 'quiet' },
  'kept-out': { title: 'Kept out, by decision', tone: 'quiet' },
};

/** The head of a part. @param mayChange whether whoever reads it may do something about it */
export function partHead(part: StandingPart, mayChange: boolean): { readonly title: string; readonly tone: Tone } {
  return part === 'you' && !mayChange ? { title: 'Waiting for a clinician', tone: 'open' } : partWords[part];
}

/** Things of one sort that stand alike, as one line. */
export interface StandingLine {
  readonly key: string;
  /** `All 14 logs`, `5 of 6 logs`, `3 measurements`. */
  readonly what: string;
  readonly words: string;
  /** What a clinician can do about it, if anything. */
  readonly todo?: string;
  /** Of exceptions, which ones, as the clinician knows them. */
  readonly names: readonly string[];
}

interface Hangs {
  readonly part: StandingPart;
  readonly todo?: string;
}

const team = (): Hangs => ({ part: 'team' });
const underWay = (): Hangs => ({ part: 'under-way' });
const keptOut = (): Hangs => ({ part: 'kept-out' });

/** On whom a row hangs, by what is known of it. */
const hangs = {
  report: () => ({ part: 'you', todo: 'Read the note on this page and file it.' }),
  person: () => ({
    part: 'you',
    todo: 'If it still waits after you have opened this patient, your integration team can see which permission is lacking.',
  }),
  'encounter-choice': () => ({ part: 'you', todo: 'Choose the visit under “Notes before this one”.' }),
  encounter: underWay,
  'encounter-access': team,
  plan: underWay,
  referenced: underWay,
  group: underWay,
  // a merge is confirmed, and who is gone is looked into, by the team; what is inactive is so by decision of the EHR's own people
  patient: ({ standing }) => (standing === 'inactive' ? { part: 'record' } : { part: 'team' }),
  final: underWay,
  review: underWay,
  ehr: underWay,
  unclear: team,
  'told-again': team,
  'under-way': team,
  lost: team,
  several: team,
  unnamed: team,
  unsearchable: team,
  foreign: team,
  'place-taken': team,
  refused: team,
  'refused-in-review': team,
  'unknown-patient': team,
  'no-resource': team,
  'no-update': team,
  'app-only': () => ({ part: 'only-here' }),
  'no-row': () => ({ part: 'only-here' }),
  'other-channels': () => ({ part: 'in-chart' }),
  'told-in-report': () => ({ part: 'in-chart' }),
  'stands-there': keptOut,
  'never-sent': keptOut,
  'not-held': keptOut,
  'withdrawn-lost': keptOut,
  contradicted: underWay,
} satisfies ReasonTable<Hangs>;

const byState: Readonly<Record<LedgerState, StandingPart>> = {
  landed: 'in-chart',
  pending: 'under-way',
  'in-flight': 'under-way',
  'awaiting-review': 'under-way',
  waiting: 'under-way',
  rejected: 'team',
  unknown: 'team',
  withdrawn: 'kept-out',
};

/** On whom it hangs. Of what stands in the chart, is sent, or is kept out, the state says it; of what waits, what it waits for. */
function hangsOn({ state, landing, waitingFor, because, artefact }: Standing): Hangs {
  if (state === 'landed') {
    const elsewhere = because?.code === 'other-channels';
    return { part: landing === 'app-only' && !elsewhere ? 'only-here' : 'in-chart' };
  }
  if (state !== 'waiting' || waitingFor === null) return { part: byState[state] };
  const known = readReason<Hangs, ReasonCode>(hangs, waitingFor) ?? { part: byState.waiting };
  // the note itself is what is filed: nothing else files it
  return artefact === 'report' && waitingFor.code === 'report' ? { part: 'under-way' } : known;
}

interface Around {
  readonly now: Instant;
  readonly place: Place;
  readonly landings: readonly LandingView[];
  /** Whether whoever reads it may do something about it. */
  readonly mayChange: boolean;
}

/** Where all of a plan stands, what needs the clinician first; parts of which there is nothing are left out. */
export function whereItStands(
  view: PlanView,
  { now, place, landings, mayChange }: Around,
): readonly { readonly part: StandingPart; readonly lines: readonly StandingLine[] }[] {
  const totals = countsOf(view);
  const kept = new Set(landings.filter(({ bySite }) => bySite === true).map(({ artefact }) => artefact));
  const lines = standings(signalsTold(view.ledger), view).map((standing) => {
    const { part, todo } = hangsOn(standing);
    const { artefact, sort } = standing;
    const named = part === 'you' || part === 'team' || part === 'record';
    const count = artefact === 'safety' ? countSignals(standing.ids) : standing.count;
    const moment = { now, place };
    const stands = { ...standing, many: count > 1, bySite: kept.has(artefact), toRead: !mayChange };
    const { words } = artefact === 'safety' ? ofSignals(stands, moment) : standingWords(stands, moment);
    const line: StandingLine = {
      key: standing.ids.join(' '),
      what: whatWords({ sort, count }, part === 'in-chart' ? (totals.get(sort) ?? 0) : undefined),
      words,
      ...(todo === undefined || !mayChange ? {} : { todo }),
      names:
        artefact === 'safety' && part !== 'in-chart'
          ? channelsOf(standing.ids)
          : named
            ? namesOf(standing, view, place)
            : [],
    };
    return { part, line };
  });
  return standingParts.flatMap((part) => {
    const own = lines.filter((entry) => entry.part === part).map(({ line }) => line);
    return own.length === 0 ? [] : [{ part, lines: own }];
  });
}

/** How many there are of each, without those that are kept out. */
function countsOf(view: PlanView): ReadonlyMap<Sort, number> {
  const counts = new Map<Sort, number>();
  const rows = view.ledger.filter(({ state }) => state !== 'withdrawn');
  for (const row of rows) counts.set(sortOf(view, row), (counts.get(sortOf(view, row)) ?? 0) + (row.count ?? 1));
  counts.set('safety', countSignals(rows.filter(({ artefact }) => artefact === 'safety').map(({ id }) => id)));
  return counts;
}

function whatWords({ sort, count }: Pick<Standing, 'sort' | 'count'>, total: number | undefined): string {
  const { singular, plural } = sortWords[sort];
  const many = plural.toLowerCase();
  if (total === undefined) return count === 1 ? singular : `${count} ${many}`;
  if (total === 1) return sort === 'plan' ? 'The plan' : singular;
  if (count === total) return total === 2 ? `Both ${many}` : `All ${total} ${many}`;
  return `${count} of ${total} ${many}`;
}

const mostNames = 5;

function namesOf({ artefact, ids }: Standing, view: PlanView, place: Place): readonly string[] {
  const places = new Map(
    [...stepsOf(view), ...view.occurrences, ...view.logs, ...view.barriers].map(({ id }, index) => [id, index]),
  );
  // what hangs on a step or a log has its id first
  const placeOf = (id: string) => places.get(id) ?? places.get(id.split('.')[0] ?? id) ?? places.size;
  const inOrder = ids.toSorted((one, other) => placeOf(one) - placeOf(other));
  const names = [...new Set(inOrder.flatMap((id) => nameOfRow(view, { artefact, id }, place) ?? []))];
  const more = names.length - mostNames;
  return more <= 1 ? names : [...names.slice(0, mostNames), `and ${more} more`];
}

/** What this EHR can hold, a line a place: `Among the measurements` → measurements, counts of what was done. */
export function placesOf(
  landings: readonly LandingView[],
): readonly { readonly landing: string; readonly what: string }[] {
  const ways = [...new Set(landings.map(({ landing }) => landing))];
  return ways.map((landing) => {
    const held = landings.filter((entry) => entry.landing === landing);
    return { landing, what: held.map(({ artefact }) => sortWords[artefact].plural.toLowerCase()).join(', ') };
  });
}
