import type { LandingView } from '../../src/contract/app/patient-homework.ts';
import type { LedgerView } from '../../src/contract/app/plan-view.ts';
import type { RosterRow } from '../../src/contract/app/roster.ts';
import type { SafetyView } from '../../src/contract/app/safety.ts';
import { defined } from '../../src/foundation/defined.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { makeMove } from '../../src/homework/plan/make-move.ts';
import { rules } from './apply-write.ts';
import type { Situation } from './fake-service.ts';
import { connection, emptyLedger, inTrouble } from './integration-case.ts';
import { readFixture } from './read-fixture.ts';

const landings = readFixture<readonly LandingView[]>('landings-notes-only');
/** Since when each of these stands there is of no matter here. */
const ledger = readFixture<readonly Omit<LedgerView, 'landedAt'>[]>('ledger-at-the-visit').map(
  (row): LedgerView => ({ ...row, landedAt: null }),
);
const roster = readFixture<readonly RosterRow[]>('roster');

const atTheVisit = readFixture<PlanState>('sarah-at-the-visit');
const log = atTheVisit.logs[0];

/** A signal that a log of hers raised, and that her sister reported as well. */
const safety: SafetyView = {
  open: [
    {
      ...{ id: 'signal-1', patientId: 'sarah', planId: atTheVisit.plan.id, rule: 'self-harm-thoughts' },
      ...{ words: 'Thoughts of harming oneself', ordinal: 1, status: 'open', raisedAt: '2026-03-25T13:05:00.000Z' },
      evidence: [
        {
          ...{ at: '2026-03-25T13:05:00.000Z', by: { type: 'patient' }, planId: atTheVisit.plan.id },
          ...(log === undefined ? {} : { logId: log.id }),
          ...{ linkId: 'self-harm-thoughts', value: true },
        },
        { at: '2026-03-25T16:20:00.000Z', by: { type: 'system', clientId: 'homework-product' } },
      ],
      version: 2,
    },
  ],
  route: { name: 'Harbor Clinic on-call therapist', phone: '555-0100' },
  contact: { at: '2026-03-25T17:40:00.000Z', note: 'Reached by phone; she is with her sister.' },
};
/** Her plan with the experiment opened by her clinician, on the first day. */
function withExperiment(): PlanState {
  const state = readFixture<PlanState>('sarah-beginning');
  const step = state.assignments.find(({ key }) => key === '2');
  const by = { actor: 'Practitioner/dr-okafor', reason: 'She wants to try' };
  const event = { type: 'unlock', by } as const;
  return makeMove(state, { assignmentId: step?.id ?? '', event }, '2026-03-02T15:00:00.000Z', rules);
}

/** A second plan of hers, made after the first; nothing in it has come to its time. */
export const newerPlan: PlanState = (() => {
  const begun = JSON.stringify(readFixture<PlanState>('sarah-beginning'));
  const state: PlanState = JSON.parse(begun.replaceAll('5a7a1000-', '5a7a2000-').replaceAll('2026-03-0', '2026-03-2'));
  return { ...state, plan: { ...state.plan, title: 'Sleeping through the night' } };
})();

/** A list of what is hard to draw: two plans, a name twice, one that may not be read, one set aside, one who has died. */
const hardRoster: readonly RosterRow[] = (() => {
  const [sarah, daniel, amira, ...rest] = roster;
  if (sarah === undefined || daniel === undefined || amira === undefined)
    throw new Error('the list has lost its patients');
  const sleep = {
    id: 'sleep',
    title: 'Sleep',
    clinician: 'Dr Ada Okafor',
    timeZone: 'America/New_York',
    running: false,
    closedAt: '2026-03-18T15:00:00.000Z',
  };
  const mood = {
    ...{ id: 'mood', title: 'Notice your mood every evening', clinician: 'no clinician named', running: true },
    timeZone: 'America/New_York',
    currentStep: { key: '1', title: 'Write down three words', state: 'paused' },
  } as const;
  const { name: _name, birthDate: _born, phone: _phone, ...nameless } = daniel;
  const long = 'Wolkenkuckucksheim'.repeat(14).slice(0, 240);
  return [
    {
      ...sarah,
      ...{ openSignals: 2, signals: ['safety', 'stopped', 'barrier', 'message', 'not-landed'] },
      reasons: [
        { code: 'safety', count: 2, since: '2026-03-20T13:05:00.000Z', latest: '2026-03-25T13:20:00.000Z' },
        { code: 'not-landed', planId: sarah.plans[0]?.id ?? '', count: 1, chart: 'missing', of: 'safety' },
        {
          ...{
            code: 'stopped',
            planId: sarah.plans[0]?.id ?? '',
            count: 1,
            since: '2026-03-25T08:00:00.000Z',
            ending: 'missed',
          },
          step: { key: '4b', title: 'Say a minor opinion' },
        },
        { code: 'message', planId: 'mood', count: 1, since: '2026-03-24T17:00:00.000Z' },
        ...sarah.reasons,
      ],
      plans: [...sarah.plans, mood, sleep],
      asideUntil: '2026-03-27T08:00:00.000Z',
      contact: {
        ...{ id: 'c', at: '2026-03-25T17:40:00.000Z', by: 'Maja Lindqvist', own: true },
        ...{ note: 'Reached by phone; she is with her sister.', snoozeUntil: '2026-03-27T08:00:00.000Z' },
      },
    },
    { ...nameless, mayOpen: false },
    { ...daniel, patientId: 'twin', recordNumber: '48 213', reasons: daniel.reasons.slice(0, 1) },
    { ...daniel, patientId: 'other-twin', recordNumber: '77 004', signals: [], reasons: [] },
    {
      ...amira,
      ...{ patientId: 'ended', asideUntil: undefined, signals: ['stopped'] },
      contact: {
        ...{ id: 'd', at: '2026-03-23T15:00:00.000Z', by: 'Maja Lindqvist', own: false, note: 'Left a message' },
        ...{ snoozeUntil: '2026-03-29T08:00:00.000Z', ended: { at: '2026-03-24T15:00:00.000Z', by: 'Joan Ode' } },
      },
    },
    { ...nameless, patientId: 'unnamed', reasons: [], signals: [], deceased: true, standing: 'inactive' },
    { ...daniel, patientId: 'long', name: long, plans: daniel.plans.map((plan) => ({ ...plan, title: long })) },
    {
      ...daniel,
      patientId: 'arabic',
      name: 'أميرة بنت عبد الرحمن الحداد',
      plans: daniel.plans.map((plan) => ({ ...plan, title: 'خطوات صغيرة كل يوم' })),
    },
    ...rest,
  ].map((row) => defined(row) as RosterRow);
})();

/** Sarah's case at the moments that the views are made for, by whoever looks at it. */
export const situations = {
  atTheVisit: {
    role: 'clinician',
    now: '2026-03-25T19:00:00.000Z',
    lastVisit: '2026-03-11T20:30:00.000Z',
    plans: [readFixture<PlanState>('sarah-at-the-visit')],
    ledger,
    landings,
  },
  safetyOpen: {
    role: 'clinician',
    now: '2026-03-25T19:00:00.000Z',
    lastVisit: '2026-03-11T20:30:00.000Z',
    plans: [atTheVisit],
    ledger,
    landings,
    safety,
  },
  safetyOnTheList: {
    role: 'coordinator',
    now: '2026-03-25T19:00:00.000Z',
    roster: roster.map((row, index) =>
      index === 0
        ? {
            ...row,
            openSignals: 1,
            signals: ['safety', ...row.signals],
            reasons: [{ code: 'safety', count: 1, since: '2026-03-25T13:05:00.000Z' }, ...row.reasons],
          }
        : row,
    ),
  },
  noPlanYet: { role: 'clinician', now: '2026-03-01T15:00:00.000Z', landings },
  firstDay: { role: 'patient', now: '2026-03-02T16:10:00.000Z', plans: [readFixture<PlanState>('sarah-beginning')] },
  opinionDue: {
    role: 'patient',
    now: '2026-03-23T20:00:00.000Z',
    plans: [readFixture<PlanState>('sarah-opinion-due')],
  },
  overdue: { role: 'patient', now: '2026-03-24T20:00:00.000Z', plans: [readFixture<PlanState>('sarah-opinion-due')] },
  missed: { role: 'patient', now: '2026-03-26T14:00:00.000Z', plans: [readFixture<PlanState>('sarah-opinion-due')] },
  experimentDue: { role: 'patient', now: '2026-03-02T16:10:00.000Z', plans: [withExperiment()] },
  noHomework: { role: 'patient', now: '2026-03-01T15:00:00.000Z' },
  coordinator: {
    role: 'coordinator',
    now: '2026-03-25T19:00:00.000Z',
    roster,
    plans: [readFixture<PlanState>('sarah-at-the-visit')],
    ledger,
    landings,
  },
  heldPatients: {
    role: 'integration',
    now: '2026-03-25T19:00:00.000Z',
    integration: {
      ...inTrouble,
      merges: {
        held: [
          ...[
            { patientId: 'ruth-abrams', state: 'merged', survivorId: 'andre-coleman', plans: 1, waiting: 4 } as const,
          ],
          ...[{ patientId: 'mei-lin-zhou', state: 'gone', survivorId: null, plans: 2, waiting: 10 } as const],
          ...[{ patientId: 'priya-raman', state: 'inactive', survivorId: null, plans: 1, waiting: 0 } as const],
        ].map((held) => ({ ...held, learnedAt: '2026-03-25T12:00:00.000Z' })),
        confirmed: [],
      },
    },
  },
  connection: { role: 'integration', now: '2026-03-25T19:00:00.000Z', integration: inTrouble },
  quietConnection: {
    ...{ role: 'integration', now: '2026-03-25T19:00:00.000Z' },
    integration: { connection: { ...connection, corrections: [] }, rows: emptyLedger },
  },
  someHidden: {
    role: 'coordinator',
    now: '2026-03-25T19:00:00.000Z',
    roster,
    notShown: { hidden: { patients: 3, atLeast: true }, countsAtLeast: true },
  },
  oneIsGone: {
    role: 'coordinator',
    now: '2026-03-25T19:00:00.000Z',
    roster: hardRoster,
    notShown: { hidden: { patients: 2 }, gone: { patients: 1, withSignal: 1 } },
  },
  notChecked: {
    role: 'coordinator',
    now: '2026-03-25T19:00:00.000Z',
    roster: [],
    notShown: { hidden: { patients: 0, atLeast: true }, countsAtLeast: true, unchecked: true },
  },
  hardList: {
    role: 'coordinator',
    now: '2026-03-25T19:00:00.000Z',
    roster: hardRoster,
    plans: [readFixture<PlanState>('sarah-at-the-visit')],
    ledger,
    landings,
    nextVisits: { sarah: '2026-03-26T19:00:00.000Z', twin: '2026-04-02' },
    notShown: { patients: { count: 300, atLeast: true }, countsAtLeast: true },
  },
  nobodyNeedsAnybody: {
    role: 'coordinator',
    now: '2026-03-25T19:00:00.000Z',
    roster: roster.filter(({ signals }) => signals.length === 0),
  },
  nobodyOnTheList: { role: 'coordinator', now: '2026-03-25T19:00:00.000Z', roster: [] },
} as const satisfies Record<string, Situation>;
