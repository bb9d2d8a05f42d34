import { actingAs } from '../../../src/record/actor.ts';
import type { Database, Queryable } from '../../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../../src/record/homework-record.ts';
import { loadSessionKey } from '../../../src/record/keys/secrets.ts';
import { startCheck } from '../../../src/record/ledger/check/start-check.ts';
import { rebuildLedger } from '../../../src/record/ledger/rebuild-ledger.ts';
import { confirmMerge } from '../../../src/record/patient/confirm-merge.ts';
import { keepStanding } from '../../../src/record/patient/keep-standing.ts';
import { noteContact } from '../../../src/record/roster/note-contact.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { openAppSession, type SessionStore } from '../../../src/record/session/app-session.ts';
import { loadPlanState } from '../../../src/record/store/load-plan-state.ts';
import { amendLog } from '../../../src/record/use-cases/amend-log.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../../src/record/use-cases/file-report.ts';
import { giveFeedback } from '../../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { keepNotedAct } from '../../../src/record/use-cases/noted-act.ts';
import { recordBarrier } from '../../../src/record/use-cases/record-barrier.ts';
import { talkOverBarrier } from '../../../src/record/use-cases/talk-over-barrier.ts';
import { withdrawAssignment } from '../../../src/record/use-cases/withdraw-assignment.ts';
import { writeLog } from '../../../src/record/use-cases/write-log.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsPlan } from '../sarah-case.ts';

/** What every text of a tenant's says, so that it is known wherever it comes up. */
export const markOf = (tenant: string): string => `${tenant}-mark`;

/** The ids of what a tenant holds: the same in both. */
export interface Ids {
  readonly patientId: string;
  readonly planId: string;
  /** A step with a log and a draft, one that was withdrawn, one that nothing was done of. */
  readonly steps: {
    readonly logged: string;
    readonly withdrawn: string;
    readonly free: string;
  };
  /** An open one of the step with a log. */
  readonly occurrenceId: string;
  readonly questionnaire: string;
  readonly logId: string;
  readonly draftId: string;
  readonly barrierId: string;
  /** Of one that was noted as talked over by `launchId`. */
  readonly notedBarrierId: string;
  readonly feedbackId: string;
  readonly reportId: string;
  readonly signalId: string;
}

export interface TwoTenants {
  readonly test: TestRecord;
  /** Its statements are kept in `statements`. */
  readonly record: HomeworkRecord;
  readonly store: SessionStore;
  readonly ids: Ids;
  readonly statements: ReadonlySet<string>;
  close(): Promise<void>;
  /** All rows of a tenant, by table. */
  rowsOf(tenant: string): Promise<Record<string, string>>;
  /** Gives `south` everything that `north` has, under the same ids, with its own mark. */
  makeTwin(): Promise<void>;
}

const therapist = 'Practitioner/dr-okafor';
export const draftId = '3f0a4f5e-6a8e-4a70-9a51-0c8a3f6d1b11';
export const launchId = 'launch-of-both';

/** A record in which `north` holds something of everything, and `south` and `sandbox` nothing yet. */
export async function openTwoTenants(): Promise<TwoTenants> {
  const test = await openTestRecord();
  const statements = new Set<string>();
  const record = { ...test.record, database: keepingStatements(test.database, statements) };
  const store = {
    database: record.database,
    clock: record.clock,
    sessionKey: await loadSessionKey(record.database, record.clock),
  };
  const ids = await fill(test, record, store);
  test.setTime('2026-03-02T15:35:00.000Z');
  const tables = await tenantTablesIn(test.database);
  // in one statement: the tests ask hundreds of times
  const everyRow = tables
    .map(
      ({ table }) =>
        `select '${table}' as name, coalesce(string_agg(to_jsonb(t)::text, chr(10) order by to_jsonb(t)::text), '') as rows from ${table} t where tenant = $1`,
    )
    .join(' union all ');
  return {
    ...{ test, record, store, ids, statements, close: () => test.close() },
    async rowsOf(tenant) {
      const { rows } = await test.database.query<{ name: string; rows: string }>(everyRow, [tenant]);
      return Object.fromEntries(rows.map(({ name, rows: text }) => [name, text]));
    },
    async makeTwin() {
      for (const { table, columns } of parentsFirst(tables)) {
        // the database itself sums up each patient
        if (table === 'roster_patient') continue;
        const copied = columns.map(({ name, type }) => (name === 'tenant' ? `'south'` : remarked(name, type)));
        const names = columns.map(({ name }) => `"${name}"`);
        await test.database.query(
          `insert into ${table} (${names.join(', ')}) select ${copied.join(', ')} from ${table} where tenant = 'north'`,
        );
      }
      // what is projected names its tenant: made anew, and then as old as the other's
      await rebuildLedger(test.record, 'south');
      for (const [table, key, columns] of [
        ['resource', ['type', 'id'], ['version', 'last_updated']],
        ['ledger', ['artefact', 'id'], ['wanted', 'state', 'wanted_at']],
        ['landing_group', ['id'], ['due', 'next_at']],
      ] as const) {
        const same = key.map((column) => `s.${column} = n.${column}`).join(' and ');
        const taken = columns.map((column) => `${column} = n.${column}`).join(', ');
        await test.database.query(
          `update ${table} s set ${taken} from ${table} n where s.tenant = 'south' and n.tenant = 'north' and ${same}`,
        );
      }
      await openSession(store, 'south', ids.patientId);
    },
  };
}

async function fill(test: TestRecord, record: HomeworkRecord, store: SessionStore): Promise<Ids> {
  const text = markOf('north');
  const source = actingAs(record, { type: 'source', clientId: 'product' });
  const patient = actingAs(record, {
    type: 'user',
    userReference: 'Patient/sarah',
    role: 'patient',
    sessionId: launchId,
  });
  const plan = { ...sarahsPlan, clientId: 'product', title: `Plan of ${text}` };
  const { planId, state } = await createPlan(source, 'north', plan);
  const [logged, withdrawn, free] = state.assignments.map(({ id }) => id);
  if (!logged || !withdrawn || !free) throw new Error('the plan has too few steps');
  // registered twice: one pair that nobody has confirmed yet, with a plan that is a draft, and one that somebody has
  for (const patientId of ['old-ada', 'ada', 'old-cy']) {
    await createPlan(source, 'north', { ...plan, sourceId: patientId, patientId, activate: patientId !== 'old-ada' });
  }
  for (const [from, survivorId] of [
    ['old-ada', 'ada'],
    ['old-cy', 'cy'],
  ] as const) {
    const standing = { state: 'merged', survivorId } as const;
    test.standings.set(from, { answer: 'known', standing, replaces: [] });
    await keepStanding(record.database, 'north', from, { standing, from: 'delivery', at: record.clock.now() });
  }
  await confirmMerge(record, 'north', { patientId: 'old-cy', survivorId: 'cy', by: therapist, reason: text });
  test.setTime('2026-03-02T15:30:00.000Z');
  const answers = {
    situation: text,
    'belief-before': 90,
    'belief-after': 80,
    'suds-before': 60,
    'suds-peak': 75,
    'suds-after': 50,
  };
  const { log } = await logHomework(source, 'north', {
    ...{ sourceId: 'log-1', clientId: 'product', assignmentId: logged, performedAt: '2026-03-02T10:00:00-05:00' },
    answers,
  });
  await writeLog(patient, 'north', {
    ...{ id: draftId, assignmentId: logged, status: 'in-progress', source: { type: 'patient' }, withheld: [] },
    answers: { situation: text },
  });
  const of = { artefact: 'assignment', id: logged } as const;
  const { barrier } = await recordBarrier(source, 'north', {
    of,
    code: 'fear',
    text,
    sourceId: 'b',
    clientId: 'product',
  });
  const noted = await recordBarrier(source, 'north', {
    of,
    code: 'forgot',
    text,
    sourceId: 'b-2',
    clientId: 'product',
  });
  const { at } = await talkOverBarrier(record, 'north', { barrierId: noted.barrier.id });
  await keepNotedAct(record, 'north', { act: 'talked-over', id: noted.barrier.id, launchId, at });
  const { feedback } = await giveFeedback(source, 'north', {
    of: { artefact: 'plan', id: planId },
    author: therapist,
    text,
    sourceId: 'f',
    clientId: 'product',
  });
  const { report } = await fileReport(source, 'north', {
    planId,
    author: therapist,
    sourceId: 'r',
    clientId: 'product',
  });
  test.setTime('2026-03-02T15:31:00.000Z');
  await amendLog(source, 'north', { logId: log.id, answers: { ...answers, 'suds-after': 45 } });
  const signal = await raiseSafetySignal(source, 'north', {
    ...{ patientId: 'sarah', rule: 'other-concern', by: { type: 'person', reference: therapist }, note: text },
  });
  await noteContact(record, 'north', { patientId: 'sarah', by: therapist, note: text });
  await withdrawAssignment(record, 'north', { assignmentId: withdrawn, actor: therapist, reason: text, launchId });
  await startCheck(record, 'north', { by: therapist, reason: text });
  await openSession(store, 'north', 'sarah');
  const now = await loadPlanState(record.database, 'north', { artefact: 'plan', id: planId }, 'none');
  const open = now?.state.occurrences.find(({ assignmentId, status }) => assignmentId === logged && status !== 'done');
  if (open === undefined) throw new Error('no occurrence is open');
  return {
    ...{ patientId: 'sarah', planId, steps: { logged, withdrawn, free }, logId: log.id, draftId },
    ...{
      occurrenceId: open.id,
      questionnaire: state.assignments[0]?.questionnaire ?? '',
      barrierId: barrier.id,
      notedBarrierId: noted.barrier.id,
      feedbackId: feedback.id,
    },
    ...{ reportId: report.id, signalId: signal.signal.id },
  };
}

const openSession = (store: SessionStore, tenantId: string, patientId: string) =>
  openAppSession(store, {
    ...{ tenantId, userReference: `Patient/${patientId}`, role: 'patient', canWrite: true, patientId },
    sealed: {
      userName: markOf(tenantId),
      tokens: {
        accessToken: 'at',
        refreshToken: 'rt',
        scope: 'openid',
        subject: 'u',
        expiresAt: '2026-03-02T16:30:00.000Z',
      },
      patient: { id: patientId, name: markOf(tenantId) },
    },
  });

interface Table {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Tables with a tenant and a key that two tenants may share; what is generated is left out. */
async function tenantTablesIn(database: Queryable): Promise<Table[]> {
  const { rows } = await database.query<{ table: string; name: string; type: string }>(
    `select c.table_name as table, c.column_name as name, c.data_type as type from information_schema.columns c
     where c.table_schema = 'public' and c.is_generated = 'NEVER' and c.is_identity = 'NO'
       and c.table_name in (select table_name from information_schema.columns where table_schema = 'public' and column_name = 'tenant')
       and coalesce(c.column_default, '') not like 'nextval%'
     order by 1, c.ordinal_position`,
  );
  return [...Map.groupBy(rows, ({ table }) => table)].map(([table, columns]) => ({ table, columns }));
}

const parents = ['plan', 'assignment', 'occurrence', 'log', 'resource', 'landing_group', 'ledger_check'];
/** Known by a hash that no two tabs share. */
const ofOneTab = ['app_session', 'launch_state'];

function parentsFirst(tables: readonly Table[]): Table[] {
  const rank = ({ table }: Table) => (parents.includes(table) ? parents.indexOf(table) : parents.length);
  return tables.filter(({ table }) => !ofOneTab.includes(table)).sort((a, b) => rank(a) - rank(b));
}

const remarked = (name: string, type: string): string =>
  ['text', 'json', 'jsonb'].includes(type)
    ? `replace("${name}"::text, '${markOf('north')}', '${markOf('south')}')::${type}`
    : `"${name}"`;

function keepingStatements(database: Database, statements: Set<string>): Database {
  const keeping = (queryable: Queryable): Queryable => ({
    query: (sql, parameters) => {
      statements.add(sql);
      return queryable.query(sql, parameters);
    },
  });
  return {
    ...database,
    ...keeping(database),
    transaction: (work, options) => database.transaction((tx) => work(keeping(tx)), options),
  };
}
