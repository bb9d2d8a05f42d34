import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import {
  type Because,
  type ReasonCode,
  type ReasonOf,
  type ReasonTable,
  readReason,
  type WaitingFor,
} from '../../../src/homework/ledger/row-reason.ts';
import type { Artefact, Instant } from '../../../src/homework/model.ts';
import { ageWords } from './age.ts';
import { type Place, writeDay } from './dates.ts';
import type { Tone } from './status-words.ts';

/** What is known of one thing, or of several that stand alike. */
export interface StandsSo {
  readonly artefact: Artefact;
  readonly state: LedgerState;
  readonly landing: string | null;
  /** For people, as the service says it: of what was withdrawn without a code, a person's own words. */
  readonly reason: string | null;
  readonly waitingFor: WaitingFor | null;
  readonly because: Because | null;
  /** Of the one that waits the longest. */
  readonly waitingSince: Instant | null;
  /** Of the one that was filed last. */
  readonly landedAt: Instant | null;
  /** It is in the chart as it was before. */
  readonly older?: boolean;
  /** What follows “In the chart”, where it is another than its landing’s. */
  readonly form?: string;
  /** Whoever reads it can do nothing about it. */
  readonly toRead?: boolean;
  /** Several, each of which stands so. */
  readonly many?: boolean;
  /** That it stays in the app is the organisation's own choice; else the EHR takes none. */
  readonly bySite?: boolean;
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

/** In what form it stands: what follows “In the chart”; a note and a message are named by their day. */
const forms: Readonly<Record<string, string>> = {
  native: ' as an entry of its own',
  'questionnaire-response': ' as a completed questionnaire',
  observation: ' among the measurements',
  note: ' as a note',
  communication: ' as a message',
};
/** The same for what is told in the between-session report. */
const toldIn: Readonly<Record<string, string>> = {
  note: ', in the note',
  communication: ', in the message',
};
const encounterWords: Readonly<Record<ReasonOf<'encounter'>['rule'], string>> = {
  'latest-open': 'Waiting for a visit to be open in the EHR',
  'next-opened': 'Waiting for the next visit to be opened in the EHR',
};
const patientWords: Readonly<Record<ReasonOf<'patient'>['standing'], string>> = {
  merged: 'Waiting: the EHR has merged this patient into another record, which your integration team has to confirm',
  gone: 'Waiting: the EHR no longer has this patient; your integration team can see it',
  inactive: 'Waiting until the EHR holds this patient as active again',
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
  assignment: 'homework tasks',
  occurrence: 'single due times',
  log: 'logs',
  measure: 'measurements of this kind',
  adherence: 'counts of what was done',
  feedback: 'messages',
  report: 'notes',
  safety: 'safety signals',
};

/** Artefacts that are a note or a message themselves; all others with such a landing are told in the report. */
const speakForThemselves: ReadonlySet<Artefact> = new Set(['report', 'feedback', 'safety']);

const belongsTo = 'Waiting for what it belongs to, which goes into the chart first';
const refusedThere = `The EHR refused it; ${teamKnows}`;
const unconfirmed = 'Sent, but the EHR did not confirm it; your integration team looks for it there';
const teamLooks = 'your integration team looks into it';
const elsewhere = `In the EHR it is about another patient; ${teamLooks}`;
const keptOut = 'Kept out of the chart, by decision';

type Told = (of: StandsSo) => string;

/** What each reason means for a clinician; in English. */
const reasonWords = {
  report:
    () =>
    ({ landing }) =>
      `Waiting for the visit’s ${landing === 'communication' ? 'message' : 'note'} to be filed`,
  person:
    () =>
    ({ landing, toRead = false }) => {
      const what = permissions[landing ?? ''] ?? 'in the chart';
      return toRead
        ? `Waiting for somebody with permission to write ${what}: it is filed when they open this patient`
        : `Waiting for you: it is filed when you open this patient with permission to write ${what}`;
    },
  encounter: ({ rule }) => always(encounterWords[rule]),
  'encounter-choice': () => always('Waiting until a clinician chooses its visit'),
  'encounter-access': () => always(`Waiting for a visit, which cannot be looked up here; ${teamKnows}`),
  plan: () => always(belongsTo),
  referenced: () => always(belongsTo),
  group: () => always(belongsTo),
  patient: ({ standing }) => always(patientWords[standing]),
  final: () => always('Waiting until its count is final: this EHR takes only what is final'),
  review: () => always('With the EHR, where it is reviewed before it stands in the chart'),
  ehr: () => always(`Waiting until the EHR answers; ${teamKnows}`),
  unclear: () => always(unconfirmed),
  'told-again': () => always(unconfirmed),
  'under-way': () => always(unconfirmed),
  lost: () => always(unconfirmed),
  several: () => always(unconfirmed),
  unnamed: () => always(unconfirmed),
  unsearchable: () => always(unconfirmed),
  foreign: ({ about }) =>
    always(about === 'another-patient' ? elsewhere : `In the EHR it names no patient; ${teamLooks}`),
  'place-taken': ({ by }) =>
    always(by === 'other-patient' ? elsewhere : `In the EHR something else stands in its place; ${teamLooks}`),
  refused: () => always(refusedThere),
  'refused-in-review': () => always(refusedThere),
  'unknown-patient': () => always('The EHR does not know this patient by that id; your integration team can see it'),
  'no-resource': () => always(`It cannot be written to the chart; ${teamKnows}`),
  'no-update': () => always('An earlier version is in the chart, and this EHR takes no changes to it'),
  'app-only':
    () =>
    ({ artefact, bySite = false }) =>
      bySite
        ? `Only here: your organisation keeps ${kinds[artefact]} out of this chart`
        : `Only here: this EHR takes no ${kinds[artefact]} from Intersession`,
  'other-channels': () => always('Goes into the chart in another form'),
  'no-row': () => always('Only here: this EHR has no place for this measurement'),
  'told-in-report': () => (of) => `In the chart${formOf(of)}`,
  'stands-there': () => always('Left in the chart as it is, by decision; correct it there'),
  'never-sent': () => always(keptOut),
  'not-held': () => always(keptOut),
  'withdrawn-lost': () => always(keptOut),
  contradicted: () => always('On its way to the chart'),
} satisfies ReasonTable<Told>;

function always(words: string): Told {
  return () => words;
}

/** Where something stands, as one plain sentence for a clinician, with how much attention it asks for. */
export function standingWords(of: StandsSo, moment: Moment): StandingWords {
  const { words, tone } = told(of, moment);
  const onlyHere = of.state === 'landed' && of.landing === 'app-only';
  const before = of.older === true ? '; an older state is in the chart' : '';
  return { mark: onlyHere ? 'Only here' : marks[of.state], words: `${words}${before}.`, tone };
}

function told(of: StandsSo, moment: Moment): Omit<StandingWords, 'mark'> {
  const { state, landing, reason } = of;
  switch (state) {
    case 'landed': {
      if (landing !== 'app-only') return { words: `In the chart${formOf(of)}${filed(of, moment)}`, tone: 'good' };
      return { words: byCode(of) ?? reasonWords['app-only']()(of), tone: 'quiet' };
    }
    case 'pending':
      return { words: 'On its way to the chart', tone: 'open' };
    case 'in-flight':
      return { words: 'Being sent to the chart now', tone: 'open' };
    case 'awaiting-review':
      return { words: 'With the EHR, where it is reviewed before it stands in the chart', tone: 'open' };
    case 'waiting':
      return { words: `${byCode(of) ?? `Waiting; ${teamKnows}`}${age(of, moment)}`, tone: 'open' };
    case 'rejected':
      return { words: byCode(of) ?? refusedThere, tone: 'care' };
    case 'unknown':
      return { words: byCode(of) ?? unconfirmed, tone: 'care' };
    case 'withdrawn': {
      const known = byCode(of);
      if (known !== undefined) return { words: known, tone: 'quiet' };
      // without a code the words are a person's own
      const because = reason === null ? '' : `: ${reason.replace(/[.\s]+$/, '')}`;
      return { words: `${keptOut}${because}`, tone: 'quiet' };
    }
  }
}

/** undefined: it has no code, or one that this version of the app does not know. */
function byCode(of: StandsSo): string | undefined {
  const why = of.waitingFor ?? of.because ?? undefined;
  return why === undefined ? undefined : readReason<Told, ReasonCode>(reasonWords, why)?.(of);
}

function formOf({ artefact, landing, many = false, form: own }: StandsSo): string {
  if (own !== undefined) return own;
  const plain = forms[landing ?? ''] ?? '';
  const form = many && plain.startsWith(' as a') ? `, each${plain}` : plain;
  return speakForThemselves.has(artefact) ? form : (toldIn[landing ?? ''] ?? form);
}

/** A sandbox's clock may stand before the day on which it was filed: then nothing is said. */
function filed({ landedAt, landing }: StandsSo, { now, place }: Moment): string {
  if (landedAt === null || landedAt > now) return '';
  const named = landing === 'note' || landing === 'communication';
  return `${named ? ' of ' : ', filed '}${writeDay(landedAt, place)}`;
}

function age({ waitingSince }: StandsSo, { now }: Moment): string {
  return waitingSince === null || waitingSince > now ? '' : ` (${ageWords(waitingSince, now)} so far)`;
}
