import { describe, expect, it } from 'vitest';
import { rosterRow } from '../../../src/http/app/roster-row.ts';
import type { WorklistPlan, WorklistRow } from '../../../src/record/roster/worklist.ts';

const plan = (title: string, changes: Partial<WorklistPlan> = {}): WorklistPlan => ({
  ...{ id: title, title, status: 'active', clinician: null, via: null, createdAt: '2026-03-01T15:00:00.000Z' },
  ...{ closedAt: null, attention: null, barrier: null, timeZone: 'America/New_York', silent: false },
  period: { start: '2026-03-01' },
  counts: { stopped: 0, barrier: 0, overdue: 0, 'waiting-unlock': 0, message: 0 },
  chart: [{ stands: 'missing', safety: false, count: 5 }],
  ...changes,
});

function shown(plans: readonly WorklistPlan[]) {
  const none = { standing: null, lastLogAt: null, silentSince: null, asideUntil: null, snoozeUntil: null };
  const noRisk = { openSignals: 0, riskSince: null, riskLatest: null, riskTold: null };
  const noContact = {
    contactId: null,
    contactAt: null,
    contactBy: null,
    contactNote: null,
    endedAt: null,
    endedBy: null,
  };
  const counts = { overdue: 0, stopped: 0, barriers: 0, waitingUnlock: 0, unreadMessages: 0, due: 0, done: 0 };
  const row: WorklistRow = { patientId: 'p', deceased: false, ...none, ...noRisk, ...noContact, ...counts, plans };
  return rosterRow(
    row,
    { seen: 'readable', stands: { state: 'current' } },
    {
      ...{ names: new Map(), sourceName: () => 'a source system', reader: 'Practitioner/reyes' },
      ...{ now: '2026-04-02T15:00:00.000Z', timeZone: 'America/New_York' },
    },
  );
}
const titles = (plans: readonly WorklistPlan[]) => shown(plans).plans.map(({ title }) => title);
const told = (plans: readonly WorklistPlan[]) => shown(plans).reasons.map(({ planId }) => planId);

describe('the plans of one patient', () => {
  it('stand as they were assigned, and so do the reasons that weigh the same', () => {
    const day = (of: number) => ({ createdAt: `2026-03-0${of}T15:00:00.000Z` });
    const plans = [plan('Sleep', day(5)), plan('Lifts', day(2)), plan('Mood', day(1)), plan('Anger', day(4))];
    expect(titles(plans)).toEqual(['Mood', 'Lifts', 'Anger', 'Sleep']);
    expect(told(plans)).toEqual(['Mood', 'Lifts', 'Anger', 'Sleep']);
  });

  it.each([
    [
      ['Plan F5', 'Plan F2', 'Plan F1', 'Plan F4', 'Plan F3'],
      ['Plan F1', 'Plan F2', 'Plan F3', 'Plan F4', 'Plan F5'],
    ],
    [
      ['Week 10', 'Week 9', 'Week 1'],
      ['Week 1', 'Week 9', 'Week 10'],
    ],
    [
      ['Übung', 'Zoo', 'Angst'],
      ['Angst', 'Übung', 'Zoo'],
    ],
  ])('of one moment stand by their titles: %j', (given, expected) => {
    expect(titles(given.map((title) => plan(title)))).toEqual(expected);
    expect(told(given.map((title) => plan(title)))).toEqual(expected);
  });

  it('that are closed stand behind those that run, whenever they were assigned; what is worst still leads the reasons', () => {
    const closed = {
      status: 'completed',
      createdAt: '2026-02-01T15:00:00.000Z',
      closedAt: '2026-03-30T15:00:00.000Z',
    } as const;
    const counts = { stopped: 1, barrier: 0, overdue: 0, 'waiting-unlock': 0, message: 0 };
    const plans = [plan('Closed', closed), plan('One'), plan('Two', { counts })];
    expect(titles(plans)).toEqual(['One', 'Two', 'Closed']);
    expect(shown(plans).reasons.map(({ code, planId }) => `${code} ${planId}`)).toEqual([
      ...['stopped Two', 'not-landed One', 'not-landed Two'],
    ]);
  });

  it('that run past their last day say so; those that are closed do not', () => {
    const period = { start: '2026-03-01', end: '2026-03-27' };
    const plans = [plan('Runs', { period }), plan('Held', { period, status: 'on-hold' }), plan('Ends later')];
    const over = plan('Over', { period, status: 'completed' });
    expect(shown([...plans, over]).plans.map(({ title, lastDayOver }) => [title, lastDayOver])).toEqual([
      ...[
        ['Ends later', undefined],
        ['Held', '2026-03-27'],
        ['Runs', '2026-03-27'],
        ['Over', undefined],
      ],
    ]);
  });
});
