import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import type { Artefact, Instant } from '../../../src/homework/model.ts';
import { ageWords } from './age.ts';
import { type Place, writeDay } from './dates.ts';
import type { Tone } from './status-words.ts';

/** What is known of one thing, or of several that stand alike. */
export interface StandsSo {
  readonly artefact: Artefact;
  readonly state: LedgerState;
  readonly landing: string | null;
  readonly reason: string | null;
  /** Of the one that waits the longest. */
  readonly waitingSince: Instant | null;
  /** Of the one that was filed last. */
  readonly landedAt: Instant | null;
}

export interface StandingWords {
  /** For a small sign beside it. */
  readonly mark: string;
  readonly words: string;
  readonly tone: Tone;
}

interface Moment {
  readonly now: Instant;
  readonly place: Place;
}

const marks: Readonly<Record<LedgerState, string>> = {
  landed: 'Filed',
  pending: 'On its way',
  'in-flight': 'Being sent',
  'awaiting-review': 'In review',
  waiting: 'Waiting',
  rejected: 'Refused',
  unknown: 'Not confirmed',
  withdrawn: 'Kept out',
};

const teamKnows = 'your integration team can see why';

/** In what form it stands: what follows “In the chart”. */
const forms: Readonly<Record<string, string>> = {
  native: ' as an entry of its own',
  'questionnaire-response': ' as a completed questionnaire',
  observation: ' among the measurements',
  note: ' as a note',
  communication: ' as a message',
};
/** The same for what is told in the between-session report. */
const toldIn: Readonly<Record<string, string>> = {
  note: ', told in the note for the visit',
  communication: ', told in the message for the visit',
};
/** What somebody must be permitted to write. */
const permissions: Readonly<Record<string, string>> = {
  native: 'entries',
  'questionnaire-response': 'questionnaires',
  observation: 'measurements',
  note: 'notes',
  communication: 'messages',
};
/** What an EHR takes no … of. */
const kinds: Readonly<Record<Artefact, string>> = {
  plan: 'homework plans',
  assignment: 'steps of a plan',
  occurrence: 'due times',
  log: 'logs',
  measure: 'measurements of this kind',
  adherence: 'counts of what was done',
  feedback: 'messages from an app',
  report: 'notes from an app',
  safety: 'safety signals from an app',
};

/** Artefacts that are a note or a message themselves; all others with such a landing are told in the report. */
const speakForThemselves: ReadonlySet<Artefact> = new Set(['report', 'feedback', 'safety']);

type Told = (of: StandsSo) => string;

/** What delivery says when something waits, and what that means for a clinician. The first that fits counts. */
const waits: readonly (readonly [RegExp, Told])[] = [
  [
    /^for a person's token/,
    ({ landing }) =>
      `Waits for you: it is filed when you open this patient with permission to write ${permissions[landing ?? ''] ?? 'in the chart'}`,
  ],
  [
    /next between-session report/,
    ({ landing }) => `Goes into the next ${landing === 'communication' ? 'message' : 'note'} for the chart`,
  ],
  [/^for an open encounter/, () => 'Waits for an open encounter'],
  [/^for the next encounter/, () => 'Waits for the next encounter to be opened'],
  [/choose its encounter/, () => 'Waits until a clinician chooses its encounter'],
  [/may not read encounters/, () => `Waits for an encounter, which cannot be looked up here; ${teamKnows}`],
  [
    /merged this patient|answers for this patient with another/,
    () => 'Waits: the EHR has merged this patient into another record, which your integration team has to confirm',
  ],
  [/has them no more/, () => 'Waits: the EHR no longer has this patient; your integration team can see it'],
  [/holds this patient as inactive/, () => 'Waits until the EHR holds this patient as active again'],
  [/^preliminary/, () => 'Waits until its count is final: this EHR takes only what is final'],
  [/land first$|same group$/, () => 'Waits for what it belongs to, which goes into the chart first'],
];
const refusals: readonly (readonly [RegExp, Told])[] = [
  [
    /takes no update|older version stands/,
    () => 'An earlier version is in the chart, and this EHR takes no changes to it',
  ],
  [/no patient with this id/, () => 'The EHR does not know this patient by that id; your integration team can see it'],
];
const keptHere: readonly (readonly [RegExp, Told])[] = [
  [/the signal goes by/, () => 'Goes into the chart in another form'],
  [/no row is built/, () => 'Stays in this app: this EHR has no place for this measurement'],
];
/** Reasons of the service itself for what was withdrawn; any other is a person's own. */
const withdrawals: readonly (readonly [RegExp, Told])[] = [
  [/already stands in the EHR/, () => 'Left in the chart as it is, by decision; correct it there'],
  [/^withdrawn/, () => 'Kept out of the chart, by decision'],
];

/** Where something stands, as one plain sentence for a clinician, with how much attention it asks for. */
export function standingWords(of: StandsSo, moment: Moment): StandingWords {
  const { words, tone } = told(of, moment);
  const onlyHere = of.state === 'landed' && of.landing === 'app-only';
  return { mark: onlyHere ? 'Only here' : marks[of.state], words: `${words}.`, tone };
}

function told(of: StandsSo, moment: Moment): Omit<StandingWords, 'mark'> {
  const { state, landing, reason, artefact } = of;
  switch (state) {
    case 'landed': {
      if (landing !== 'app-only') return { words: `In the chart${formOf(of)}${filed(of, moment)}`, tone: 'good' };
      const stays = `Stays in this app: this EHR takes no ${kinds[artefact]}`;
      return { words: firstOf(keptHere, of) ?? stays, tone: 'quiet' };
    }
    case 'pending':
      return { words: 'On its way to the chart', tone: 'open' };
    case 'in-flight':
      return { words: 'Being sent to the chart now', tone: 'open' };
    case 'awaiting-review':
      return { words: 'With the EHR, where it is reviewed before it stands in the chart', tone: 'open' };
    case 'waiting':
      return { words: `${firstOf(waits, of) ?? `Waits; ${teamKnows}`}${age(of, moment)}`, tone: 'open' };
    case 'rejected':
      return { words: firstOf(refusals, of) ?? `The EHR refused it; ${teamKnows}`, tone: 'care' };
    case 'unknown':
      return { words: 'Sent, but the EHR did not confirm it; your integration team looks for it there', tone: 'care' };
    case 'withdrawn': {
      const known = firstOf(withdrawals, of);
      if (known !== undefined) return { words: known, tone: 'quiet' };
      const because = reason === null ? '' : `: ${reason.replace(/[.\s]+$/, '')}`;
      return { words: `Kept out of the chart, by decision${because}`, tone: 'quiet' };
    }
  }
}

function firstOf(table: readonly (readonly [RegExp, Told])[], of: StandsSo): string | undefined {
  return table.find(([pattern]) => pattern.test(of.reason ?? ''))?.[1](of);
}

function formOf({ artefact, landing }: StandsSo): string {
  const form = forms[landing ?? ''] ?? '';
  return speakForThemselves.has(artefact) ? form : (toldIn[landing ?? ''] ?? form);
}

/** A sandbox's clock may stand before the day on which it was filed: then nothing is said. */
function filed({ landedAt }: StandsSo, { now, place }: Moment): string {
  return landedAt === null || landedAt > now ? '' : `, filed ${writeDay(landedAt, place)}`;
}

function age({ waitingSince }: StandsSo, { now }: Moment): string {
  return waitingSince === null || waitingSince > now ? '' : ` (${ageWords(waitingSince, now)} so far)`;
}
