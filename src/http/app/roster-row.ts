import type { RosterPlan, RosterReason, RosterRow } from '../../contract/app/roster.ts';
import type { PatientSight } from '../../ehr/smart/read-patients.ts';
import { defined } from '../../foundation/defined.ts';
import { asToldBy, type SourceName } from '../../homework/as-told-by.ts';
import type { Instant } from '../../homework/model.ts';
import { attentionCodes } from '../../homework/plan/attention-reason.ts';
import { lastDayOver } from '../../homework/plan/last-day-over.ts';
import {
  type WorklistFilter,
  type WorklistPlan,
  type WorklistRow,
  worklistFilters,
} from '../../record/roster/worklist.ts';

/** Whom a row is about, as this user's token could read them. */
export type Seen = Exclude<PatientSight, { seen: 'hidden' }>;

export interface RowWords {
  /** Names of clinicians and colleagues by reference. */
  readonly names: ReadonlyMap<string, string>;
  readonly sourceName: SourceName;
  /** Who looks at the list: `Practitioner/17`. */
  readonly reader: string;
  readonly now: Instant;
  /** Of the clinic, for who has no plan. */
  readonly timeZone: string;
}

/** One patient of the list: the worst reason first, with all plans that are told of. */
export function rosterRow(row: WorklistRow, sight: Seen, words: RowWords): RosterRow {
  const { patientId, openSignals, due, done, lastLogAt, silentSince, asideUntil } = row;
  const holds: Readonly<Record<WorklistFilter, boolean>> = {
    safety: openSignals > 0,
    stopped: row.stopped > 0,
    barrier: row.barriers > 0,
    overdue: row.overdue > 0,
    'waiting-unlock': row.waitingUnlock > 0,
    message: row.unreadMessages > 0,
    'not-landed': row.plans.some((plan) => isRunning(plan) && plan.chart.length > 0),
    'set-aside': asideUntil !== null && openSignals === 0,
  };
  const { seen, stands: _asRead, order: _byName, ...person } = sight;
  const plans = row.plans.toSorted(asAssigned);
  return {
    ...{ patientId, ...person, mayOpen: seen === 'readable', openSignals, due, done },
    timeZone: (row.plans.find(({ silent }) => silent) ?? row.plans[0] ?? words).timeZone,
    signals: worklistFilters.filter((filter) => holds[filter]),
    reasons: reasonsOf({ ...row, plans }),
    plans: plans.map((plan) => rosterPlan(plan, words)),
    ...(row.standing === null ? {} : { standing: row.standing }),
    ...(row.deceased ? { deceased: true } : {}),
    ...defined({
      lastLogAt: lastLogAt ?? undefined,
      silentSince: silentSince ?? undefined,
      asideUntil: asideUntil ?? undefined,
      contact: contactOf(row, words),
    }),
  };
}

const { compare: compareTitles } = new Intl.Collator('en', { numeric: true });

/** In the order in which they were assigned, those that are closed behind those that run; of two of one moment by title: 2 before 10. */
function asAssigned(a: WorklistPlan, b: WorklistPlan): number {
  return (
    Number(isRunning(b)) - Number(isRunning(a)) ||
    Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
    compareTitles(a.title, b.title)
  );
}

const isRunning = ({ status }: WorklistPlan): boolean => status === 'active' || status === 'on-hold';

/**
 * Of all plans that run, the worst first and of two alike the older one, else as the plans stand; nobody is to be called about who has died. A signal
 * that the chart does not have stands beside it, the rest of what is not there last.
 */
function reasonsOf(row: WorklistRow): RosterReason[] {
  const { openSignals, plans, deceased } = row;
  const running = plans.filter(isRunning);
  const safety: RosterReason[] = openSignals === 0 ? [] : [safetyReason(row)];
  const ofPlans = deceased ? [] : running.flatMap(planReasons);
  const notLanded = running.flatMap(({ id, chart }) =>
    chart.map(
      ({ stands, safety: isSafety, count }): RosterReason => ({
        ...{ code: 'not-landed', planId: id, count, chart: stands },
        ...(isSafety ? { of: 'safety' } : {}),
      }),
    ),
  );
  const [signals, rest] = [
    notLanded.filter(({ of }) => of === 'safety'),
    notLanded.filter(({ of }) => of === undefined),
  ];
  const worst = ofPlans.toSorted(worstFirst);
  return safety.length === 0 ? [...worst, ...signals, ...rest] : [...safety, ...signals, ...worst, ...rest];
}

/** Open signals with what is newest of them: what was known when somebody called says nothing of it. */
function safetyReason({ openSignals, riskSince, riskLatest, riskTold }: WorklistRow): RosterReason {
  const isAgain = riskTold !== null && (riskLatest ?? '') < riskTold;
  const latest = openSignals > 1 ? (riskLatest ?? undefined) : undefined;
  const when = { since: riskSince ?? undefined, latest, toldAgain: isAgain ? riskTold : undefined };
  return { code: 'safety', count: openSignals, ...defined(when) };
}

/** What the numbers tell of a plan that has not been written since the reasons are kept with it. */
function planReasons({ id, attention, counts, barrier }: WorklistPlan): RosterReason[] {
  if (attention !== null) return attention.reasons.map((reason) => ({ ...reason, planId: id }));
  return attentionCodes
    .filter((code) => counts[code] > 0)
    .map((code) => ({
      ...{ code, planId: id, count: counts[code] },
      ...(code === 'barrier' && barrier !== null ? { barrier } : {}),
    }));
}

const order: readonly string[] = attentionCodes;
const rank = ({ code }: RosterReason): number => order.indexOf(code);

function worstFirst(a: RosterReason, b: RosterReason): number {
  return rank(a) - rank(b) || (a.since ?? '').localeCompare(b.since ?? '');
}

function rosterPlan(plan: WorklistPlan, { names, sourceName, now }: RowWords): RosterPlan {
  const { id, title, clinician, via, closedAt, attention } = plan;
  const name = clinician === null ? undefined : names.get(clinician);
  const who = clinician === null ? 'no clinician named' : (name ?? 'a clinician whose name you may not read');
  return {
    ...{ id, title, timeZone: plan.timeZone, running: isRunning(plan) },
    clinician: clinician === null || via === null ? who : `${who}${asToldBy({ via }, sourceName)}`,
    ...defined({
      closedAt: closedAt ?? undefined,
      lastDayOver: lastDayOver(plan, now),
      currentStep: isRunning(plan) ? attention?.currentStep : undefined,
    }),
  };
}

function contactOf(row: WorklistRow, { names, reader }: RowWords): RosterRow['contact'] | undefined {
  const { contactId, contactAt, contactBy, contactNote, snoozeUntil, endedAt, endedBy } = row;
  if (contactId === null || contactAt === null) return undefined;
  const nameOf = (reference: string | null) => names.get(reference ?? '') ?? 'a colleague';
  return {
    ...{ id: contactId, at: contactAt, by: nameOf(contactBy), own: contactBy === reader, note: contactNote ?? '' },
    ...defined({ snoozeUntil: snoozeUntil ?? undefined }),
    ...(endedAt === null ? {} : { ended: { at: endedAt, by: nameOf(endedBy) } }),
  };
}
