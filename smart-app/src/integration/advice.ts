import type { LedgerRow } from '../../../src/contract/app/ledger.ts';
import {
  type ReasonCode,
  type ReasonOf,
  type ReasonTable,
  type RowReason,
  readReason,
} from '../../../src/homework/ledger/row-reason.ts';
import { whoseTurn } from '../../../src/homework/ledger/whose-turn.ts';
import {
  confirm,
  type Decision,
  decisionsFor,
  letLand,
  lookAgain,
  lookWhether,
  notThere,
  retryMended,
  withdraw,
} from './decisions.ts';

/** What is best done about a row. */
export interface Advice {
  readonly todo: string;
  /** The button that the sentence leads to; absent: nothing has to be pressed, or it is for the person to judge. */
  readonly first?: Decision;
  /** It is done on the page “Connection”, not here. */
  readonly onConnection?: true;
}

const say = ({ words }: Decision): string => `“${words}”`;

const byItself: Advice = { todo: 'Nothing: it goes out by itself when that is there.' };
const isLookedFor: Advice = {
  todo: `Nothing for now: it is looked for in the EHR by itself. If you have seen it there, say ${say(confirm)}.`,
};
const lookInEhr: Advice = {
  todo: `Look for it in the EHR, in this patient’s chart. If it stands there, say ${say(confirm)}; if not, ${say(notThere)}.`,
};
const mend: Advice = {
  todo: `Read the EHR’s own words below and have mended what they name: in the EHR, in the connection or in the record. Then ${say(retryMended)}.`,
  first: retryMended,
};
const nothing: Advice = { todo: 'Nothing.' };
const inEhr: Advice = { todo: 'Nothing here. Should what stands there be wrong, it is put right in the EHR itself.' };

/** Of a patient who is not as they were: one thing is done for all of their rows, or none. */
const held: Readonly<Record<ReasonOf<'patient'>['standing'], Advice>> = {
  inactive: { todo: 'Ask at the EHR why the patient is inactive. It goes out by itself when they are active again.' },
  merged: {
    todo: 'Confirm who the patient is now, on the page “Connection” under “Patients who are merged or not there”. All that waits for it then goes out by itself.',
    onConnection: true,
  },
  gone: {
    todo: 'Ask at the EHR what became of the patient. If they go on there under another record, name it on the page “Connection” under “Patients who are merged or not there”. If not, nothing has to be done: it stays here and is not sent.',
    onConnection: true,
  },
};

/** By why a row stands as it does. Every button that is named here is one that the row has, whichever state it is in. */
const table: ReasonTable<Advice> = {
  report: () => ({ todo: 'Nothing: it goes with the next between-session report that a clinician signs.' }),
  person: () => ({
    todo: 'Nothing, if clinicians open this patient here now and then: it goes with their sign-in. The landing table says which scope would let the service do it alone.',
  }),
  encounter: () => ({ todo: 'Nothing: it goes out by itself when the EHR has such an encounter of this patient.' }),
  'encounter-choice': () => ({
    todo: 'Tell the clinician: the encounter is chosen in the app, on the patient’s page “In the chart”.',
  }),
  'encounter-access': () => ({
    todo: `Let the service read encounters (the scope system/Encounter.rs at the EHR), then ${say(lookWhether)}.`,
    first: lookWhether,
  }),
  plan: () => ({
    todo: 'Look at what it waits for: if that needs a decision, decide there, and this one follows by itself.',
  }),
  referenced: () => ({
    todo: 'Look at what it waits for: if that needs a decision, decide there, and this one follows by itself.',
  }),
  group: () => byItself,
  patient: ({ standing }) => held[standing],
  final: () => ({ todo: 'Nothing: it goes out by itself once it is final.' }),
  review: () => ({
    todo: `Nothing for now: it is looked up until the review ends. If it has ended and it stands there, say ${say(confirm)}.`,
  }),
  ehr: () => ({
    todo: 'Have the people of the EHR or of the network look at what answers in its place. It goes out by itself when the EHR answers again.',
  }),
  unclear: () => isLookedFor,
  'told-again': () => isLookedFor,
  'under-way': () => isLookedFor,
  lost: () => lookInEhr,
  several: () => ({
    todo: `Look at them in the EHR, have all but one marked as a mistake there, and say of that one ${say(confirm)}.`,
    first: confirm,
  }),
  unnamed: () => ({
    todo: `Look for it in the EHR, in this patient’s chart, and say where it stands: ${say(confirm)}.`,
    first: confirm,
  }),
  unsearchable: () => lookInEhr,
  foreign: () => lookInEhr,
  'place-taken': () => lookInEhr,
  refused: () => mend,
  'refused-in-review': () => mend,
  'unknown-patient': () => ({
    todo: `Ask at the EHR what became of this patient, or who sent us a wrong id. When the EHR knows the id, ${say(retryMended)}.`,
  }),
  'no-resource': () => ({
    todo: 'The record holds nothing for it, so there is nothing to send. If a database was restored, run “ledger rebuild”.',
  }),
  'no-update': () => ({
    todo: `Have what stands there put right in the EHR by hand. Only when the EHR has begun to take updates: ${say(retryMended)}.`,
  }),
  'app-only': () => ({
    todo: 'Nothing. The landing table on the page “Connection” says what would let it into the EHR.',
  }),
  'other-channels': () => nothing,
  'no-row': () => ({
    todo: 'Nothing. Should it go in, have the row built in the EHR and named in the tenant’s settings.',
  }),
  'told-in-report': () => nothing,
  'stands-there': () => inEhr,
  'never-sent': () => ({ todo: `Nothing. Should it land after all, ${say(letLand)}.` }),
  'not-held': () => ({ todo: `Nothing. Should it land after all, ${say(letLand)}.` }),
  'withdrawn-lost': () => inEhr,
  contradicted: () => ({ todo: 'Nothing: it goes on by itself, in the form that this EHR takes.' }),
};

/** Where no code says why. */
const byState: Readonly<Record<LedgerRow['state'], Advice>> = {
  pending: { todo: 'Nothing: it goes out by itself.' },
  'in-flight': { todo: 'Nothing: it is being sent right now. In a moment you can decide about it.' },
  landed: {
    todo: 'Nothing. What is wrong with it is put right in the record, and the correction follows to the EHR.',
  },
  'awaiting-review': {
    todo: `Nothing for now: it is looked up until the review ends. If it has ended, ${say(lookAgain)}.`,
  },
  rejected: mend,
  unknown: isLookedFor,
  waiting: byItself,
  withdrawn: { todo: `Nothing. Should it land after all, ${say(letLand)}.` },
};

/** What is best done about a row, and the buttons there are: what it says is never contradicted by what they do. */
export function adviceFor(
  row: Pick<LedgerRow, 'state' | 'landed' | 'waitingFor' | 'because'>,
): Advice & { readonly decisions: readonly Decision[] } {
  const why = row.waitingFor ?? row.because;
  // a reason that was written for another state, or by a newer service, says nothing of what to do now
  const told =
    why === null || row.state === 'in-flight' ? undefined : readReason<Advice, ReasonCode>(table, why as RowReason);
  const decisions = decisionsFor(row);
  const offered = (advice: Advice): boolean =>
    decisionWords(advice.todo).every((words) => decisions.some((decision) => decision.words === words));
  // what is counted as a decision is never said to need none
  const counted = whoseTurn(row.state, why?.code as ReasonCode | undefined) === 'person';
  const fits = told !== undefined && offered(told) && !(counted && told.todo.startsWith('Nothing'));
  const advice = fits ? told : byState[row.state];
  return { ...advice, decisions };
}

const all = [confirm, letLand, lookAgain, lookWhether, notThere, retryMended, withdraw];

/** The buttons that a sentence names. */
export function decisionWords(todo: string): readonly string[] {
  return all.map(({ words }) => words).filter((words) => todo.includes(`“${words}”`));
}
