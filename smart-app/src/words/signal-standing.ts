import type { LedgerView } from '../../../src/contract/app/plan-view.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { Place } from './dates.ts';
import { type StandingWords, type StandsSo, standingWords } from './standing-words.ts';

/** What the EHR gets of a signal, by what its id has behind the signal's. */
const channels = [
  ['.review', 'a task to review it'],
  ['.message', 'a message to the care team'],
  ['.note', 'a note'],
] as const;
const flag = 'a flag';

const channelOf = (id: string): string => channels.find(([ending]) => id.endsWith(ending))?.[1] ?? flag;

function signalOf(id: string): string {
  const ending = channels.find(([known]) => id.endsWith(known))?.[0] ?? '';
  return id.slice(0, id.length - ending.length);
}

/** How many signals these are the entries of. */
export function countSignals(ids: readonly string[]): number {
  return new Set(ids.map(signalOf)).size;
}

/** The rows of which something is to be told: a form that the EHR takes none of is no news where another one goes there. */
export function signalsTold(rows: readonly LedgerView[]): readonly LedgerView[] {
  const goes = ({ because }: LedgerView) => because?.code !== 'other-channels';
  const signals = new Set(rows.filter((row) => row.artefact === 'safety' && goes(row)).map(({ id }) => signalOf(id)));
  return rows.flatMap((row): LedgerView[] => {
    if (row.artefact !== 'safety') return [row];
    if (!goes(row) && signals.has(signalOf(row.id))) return [];
    // entries of one signal that stand alike are one line, in whatever form they go
    return [row.landing === 'app-only' ? row : { ...row, landing: 'native' }];
  });
}

/** `As a flag`, `As a note`: which entries these are, for exceptions. */
export function channelsOf(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.map(channelOf))].map((form) => `As ${form}`);
}

/** Where signals stand; in the chart, in which forms. */
export function ofSignals(
  of: StandsSo & { readonly ids: readonly string[] },
  moment: { readonly now: Instant; readonly place: Place },
): Pick<StandingWords, 'words'> {
  if (of.state !== 'landed' || of.landing === 'app-only') return standingWords(of, moment);
  const forms = [...new Set(of.ids.map(channelOf))];
  const listed = forms.length === 1 ? forms : [forms.slice(0, -1).join(', '), forms.at(-1)];
  return { words: standingWords({ ...of, form: ` as ${listed.join(' and ')}` }, moment).words };
}
