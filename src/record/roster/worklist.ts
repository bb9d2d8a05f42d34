import type { Instant } from '../../homework/model.ts';
import type { Attention } from '../../homework/plan/attention-of.ts';
import type { AttentionCode } from '../../homework/plan/attention-reason.ts';
import type { BarrierCode } from '../../homework/plan/barrier.ts';
import type { Plan, PlanStatus } from '../../homework/plan/plan.ts';
import {
  type WorklistFilter,
  type WorklistSort,
  worklistFilters,
  worklistSorts,
} from '../../homework/plan/worklist-filter.ts';
import { plannedEachTime } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { invalidCursor, readCursor, writeCursor } from '../store/keyset-cursor.ts';
import { newStatement } from '../store/statement.ts';
import { tenantOf } from '../tenant-of.ts';
import type { Worklist } from './asked-worklist.ts';
import {
  conditionOf,
  isAside,
  isAwake,
  isOfClinician,
  orderOf,
  type PatientsFound,
  type Position,
  type WorklistPart,
  worklistSql,
} from './worklist-sql.ts';

export { type WorklistFilter, type WorklistSort, worklistFilters, worklistSorts };

/** So many things that stand alike in the chart. */
export interface NotInChart {
  /** `outdated`: an earlier state of it is there; `unclear`: it was sent, and not answered. */
  readonly stands: 'missing' | 'outdated' | 'unclear';
  /** Safety signals; else anything else of the plan. */
  readonly safety: boolean;
  readonly count: number;
}

/** A plan as a row of the list tells of it. */
export interface WorklistPlan {
  readonly id: string;
  readonly title: string;
  readonly status: PlanStatus;
  /** `Practitioner/17`, if the plan names its author. */
  readonly clinician: string | null;
  /** Client id of the source system that named them; null: the plan was made in the app. */
  readonly via: string | null;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  /** Why it asks for attention and where it stands; null: it has not been written since the service knows that. */
  readonly attention: Pick<Attention, 'reasons' | 'currentStep'> | null;
  /** How many there are of each reason. */
  readonly counts: Readonly<Record<AttentionCode, number>>;
  readonly barrier: BarrierCode | null;
  /** What is not in the chart as it stands here, of safety signals and of the rest. */
  readonly chart: readonly NotInChart[];
  /** Where it is carried out: its days are counted there. */
  readonly timeZone: string;
  readonly period: Plan['period'];
  /** Since when something was due without a log is by this plan. */
  readonly silent: boolean;
}

/** A patient with a plan that is under way or with an open safety signal, and what may need attention. */
export interface WorklistRow {
  readonly patientId: string;
  /** Safety signals of the patient that nobody has closed yet, and when the first and the last of them were raised. */
  readonly openSignals: number;
  readonly riskSince: Instant | null;
  readonly riskLatest: Instant | null;
  /** When something last spoke for one of them: the worry may be told again while it is open. */
  readonly riskTold: Instant | null;
  /** How the patient stands in the EHR; null: nothing to say. */
  readonly standing: 'inactive' | 'merged' | 'gone' | null;
  readonly deceased: boolean;
  readonly overdue: number;
  readonly stopped: number;
  readonly barriers: number;
  readonly waitingUnlock: number;
  readonly unreadMessages: number;
  /** Of what was due so far in the plans that are under way, and of it done. */
  readonly due: number;
  readonly done: number;
  /** The last log of any plan. */
  readonly lastLogAt: Instant | null;
  /** Since when something was due without a log after it; null: nothing was. */
  readonly silentSince: Instant | null;
  /** Until when the patient is set aside, once no safety signal is open; null: they are not, or something new has happened since. */
  readonly asideUntil: Instant | null;
  /** The latest contact with the patient. */
  readonly contactId: string | null;
  readonly contactAt: Instant | null;
  readonly contactBy: string | null;
  readonly contactNote: string | null;
  readonly snoozeUntil: Instant | null;
  /** Somebody put the patient back on the list before that time. */
  readonly endedAt: Instant | null;
  readonly endedBy: string | null;
  /** The one that needs most first. */
  readonly plans: readonly WorklistPlan[];
}

/** More than so many are not counted: nobody works through them one by one, and counting all would cost more than the page. */
export const mostCounted = 500;

/**
 * One page of the patients with a plan under way: those with an open safety signal first, then who needs attention most;
 * who is set aside stands behind all who are not, and in no filter but their own; an open signal ends that. Every page is read by
 * index, in its order, from where the last one ended: `npm run bench` holds each filter and sort at 100 000 patients to three
 * times what it takes at 1 000, on PostgreSQL, also for one clinician and for a text that many, few or no titles have. A
 * text that one title in twenty has takes longer with more plans: they are found by it and then put in order.
 */
export async function listWorklist(
  record: HomeworkRecord,
  tenantId: string,
  { after, count = 50, ...worklist }: Worklist,
): Promise<{ readonly rows: readonly WorklistRow[]; readonly next?: string }> {
  tenantOf(record, tenantId);
  const now = (await record.clockOf(tenantId)).now();
  const { sort = 'urgency', filter } = worklist;
  const lists = partsOf(filter, sort);
  const position = after === undefined ? undefined : readPosition(after, lists, sort);
  const begun = position === undefined ? 0 : lists.indexOf(position.list);
  const found: (WorklistRow & Position)[] = [];
  for (const [index, name] of lists.entries()) {
    if (index < begun || found.length > count) continue;
    const from = index === begun ? position : undefined;
    const wanted = { ...worklist, sort, list: name, from, limit: count + 1 - found.length };
    found.push(...(await readRows(record, tenantId, wanted, now)));
  }
  const page = found.slice(0, count);
  const last = page.at(-1);
  return {
    rows: page.map(({ list: _list, at: _key, id: _id, ...row }) => row),
    ...(found.length > count && last !== undefined ? { next: writeCursor([last.list, last.at, last.id]) } : {}),
  };
}

/** The lists that are one after the other in an order, each read by an index of its own. */
function partsOf(filter: WorklistFilter | undefined, sort: WorklistSort): readonly WorklistPart[] {
  if (filter === 'safety') return ['at-risk', 'at-risk-aside', 'at-rest'];
  // an open signal is what needs care first, whatever the list is narrowed by
  if (sort === 'urgency') {
    if (filter === 'set-aside') return ['aside'];
    if (filter === undefined) return ['at-risk', 'at-risk-aside', 'others', 'aside', 'at-rest'];
    // of who has died nothing else is counted
    return ['at-risk', 'at-risk-aside', 'others', ...(filter === 'not-landed' ? (['at-rest'] as const) : [])];
  }
  if (filter === 'set-aside') return ['aside'];
  return filter === undefined ? ['all', 'aside'] : ['all'];
}

/** @throws `invalid-request` when it is no cursor of this list in this order */
function readPosition(after: string, lists: readonly WorklistPart[], sort: WorklistSort): Position {
  const [name = '', at = '', id = ''] = readCursor(after, 3);
  const list = lists.find((list) => list === name);
  if (list === undefined || !orderOf(list, sort).isKey(at)) throw invalidCursor();
  return { list, at, id };
}

interface ReadRows extends Omit<Worklist, 'after' | 'count'> {
  readonly sort: WorklistSort;
  readonly list: WorklistPart;
  readonly from: Position | undefined;
  readonly limit: number;
}

async function readRows(
  { database }: HomeworkRecord,
  tenantId: string,
  { search, limit, ...wanted }: ReadRows,
  now: Date,
): Promise<(WorklistRow & Position)[]> {
  const read = async (found: PatientsFound) => {
    const { sql, parameters } = worklistSql(tenantId, { ...wanted, limit, now, found });
    const { rows } = await database.query<Read>(sql, parameters);
    return {
      rows: rows.filter(({ patientId }) => patientId !== null).map(asRow),
      walked: rows[0]?.walked ?? 0,
      titles: rows[0]?.titles ?? 0,
    };
  };
  if (search === undefined) return (await read('all')).rows;
  // a text that many titles have is soon met along the order; one that few have is found by its parts
  const soon = await read({ along: search, within: shortWalk, few: fewTitles });
  if (soon.rows.length === limit || soon.walked < shortWalk) return soon.rows;
  if (soon.titles === fewTitles) {
    const later = await read({ along: search, within: longWalk, few: 0 });
    if (later.rows.length === limit || later.walked < longWalk) return later.rows;
  }
  return (await read({ by: search })).rows;
}

/** A row as it is read along an order. */
type Read = WorklistRow & Position & { readonly walked?: number; readonly titles?: number; readonly place?: unknown };

function asRow({ walked: _walked, titles: _titles, place: _place, ...row }: Read): WorklistRow & Position {
  return row;
}

/** Patients who are looked at along the order before the titles are asked, and after they said that many have the text. */
const [shortWalk, longWalk] = [300, 2000];
/** So many titles are read and put in order faster than a long walk goes. */
const fewTitles = 400;

/**
 * Whom each filter would show, and who of all needs somebody, each patient once and up to `mostCounted`: whoever shows how
 * many they are leaves out those whom the reader may not see.
 */
export async function flaggedPatients(
  record: HomeworkRecord,
  tenantId: string,
  { patientIds, clinician }: Pick<Worklist, 'patientIds' | 'clinician'>,
): Promise<Readonly<Record<WorklistFilter | 'in-need', readonly string[]>>> {
  tenantOf(record, tenantId);
  const now = (await record.clockOf(tenantId)).now();
  const { parameters, bind } = newStatement();
  const [tenant, at] = [bind(tenantId), bind(now)];
  const narrowed = [
    ...(patientIds === undefined ? [] : [`r.patient_id = any(${bind(patientIds)})`]),
    ...(clinician === undefined ? [] : [isOfClinician(bind(clinician))]),
  ].map((condition) => ` and ${condition}`);
  const from = `select r.patient_id from roster_patient r where r.tenant = ${tenant} and r.listed`;
  const whoIs = (filter: WorklistFilter): string => {
    if (filter === 'safety') return '';
    return ` and ${filter === 'set-aside' ? isAside(at) : isAwake(at)}`;
  };
  const listed = (condition: string, name: string) =>
    `array(${from} and ${condition}${narrowed.join('')} limit ${mostCounted}) as "${name}"`;
  const lists = worklistFilters.map((filter) => listed(`${conditionOf[filter]}${whoIs(filter)}`, filter));
  const { rows } = await record.database.query<Record<WorklistFilter | 'at-risk' | 'urgent', string[]>>(
    `${plannedEachTime}select ${[
      ...lists,
      listed('r.at_risk and not r.deceased', 'at-risk'),
      listed(`r.urgency > 0 and not r.at_risk and not r.deceased and ${isAwake(at)}`, 'urgent'),
    ].join(', ')}`,
    parameters,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('a select without a from clause returned no row');
  const { 'at-risk': atRisk, urgent, ...flagged } = row;
  return { ...flagged, 'in-need': [...atRisk, ...urgent].slice(0, mostCounted) };
}
