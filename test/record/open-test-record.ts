import type { NamedIdentifier } from '../../src/fhir/parse-reference.ts';
import type { StandingAnswer } from '../../src/homework/patient/patient-standing.ts';
import type { KindRegister } from '../../src/kinds/kind-register.ts';
import type { Database } from '../../src/record/database/database.ts';
import type { HomeworkRecord, PatientVerdict, SafetyReach } from '../../src/record/homework-record.ts';
import type { PlaceAnswer, WhereAnswer } from '../../src/record/ledger/chart-reader.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { openTestDatabase } from './open-test-database.ts';

/** A record on an empty database, with everything around it in the test's hands. */
export interface TestRecord {
  readonly record: HomeworkRecord;
  /** Opens the record anew on the same database, as a service does that starts again. */
  reopen(): void;
  readonly database: Database;
  /** Sets the machine's clock. */
  setTime(instant: string): void;
  /** What the EHR says of patients; default: known. */
  readonly verdicts: Map<string, PatientVerdict>;
  /** The identifiers that the EHR says a patient bears; default: it does not say. */
  readonly identifiers: Map<string, readonly NamedIdentifier[]>;
  /** How patients stand in the EHR, where there is more to say than the verdict. */
  readonly standings: Map<string, StandingAnswer>;
  /** Whose something in the EHR is, by `Type/id`; default: the EHR does not say. */
  readonly subjects: Map<string, string>;
  /** Whom a safety signal of a tenant reaches; default: unknown. */
  readonly safety: Map<string, SafetyReach>;
  /** What the EHR says stands at a place; default: what the person says. */
  readonly places: Map<string, PlaceAnswer>;
  /** Where the EHR says an artefact stands, by its id; default: nowhere. */
  readonly whereabouts: Map<string, WhereAnswer>;
  /** Milestones reached so far. */
  readonly reached: string[];
  /** Installs another version of the service, which knows these kinds; default: those of the product. */
  install(kinds: KindRegister): void;
  /** Called at every milestone; throwing there is a crash there. */
  onReach: (point: string) => void;
  /** How often delivery was given a hint. */
  hints(): number;
  close(): Promise<void>;
}

/** Tenants `north` (New York, not a sandbox), `south` (the same) and `sandbox`; it is 2026-03-01T15:00Z. */
export async function openTestRecord(): Promise<TestRecord> {
  const database = await openTestDatabase();
  let now = new Date('2026-03-01T15:00:00.000Z');
  let hints = 0;
  const verdicts = new Map<string, PatientVerdict>();
  const identifiers = new Map<string, readonly NamedIdentifier[]>();
  const standings = new Map<string, StandingAnswer>();
  const subjects = new Map<string, string>();
  const safety = new Map<string, SafetyReach>();
  const places = new Map<string, PlaceAnswer>();
  const whereabouts = new Map<string, WhereAnswer>();
  const reached: string[] = [];
  const tenant = (id: string, sandbox: boolean) => ({
    id,
    name: `${id} clinic`,
    timeZone: 'America/New_York',
    language: 'en-US',
    sandbox,
    sources: [{ clientId: 'product', name: 'Homework product (demo)' }],
  });
  const open = (): HomeworkRecord =>
    openRecord({
      database,
      tenants: [tenant('north', false), tenant('south', false), tenant('sandbox', true)],
      clock: { now: () => new Date(now) },
      publicUrl: 'https://homework.example',
      responseSecret: 'only-for-tests',
      verifyPatient: async (_tenant, patientId) => verdicts.get(patientId) ?? 'known',
      patientIdentifiers: async (_tenant, patientId) => identifiers.get(patientId),
      isAboutPatient: async (_tenant, { type, id, patientIds }) => {
        const subject = subjects.get(`${type}/${id}`);
        return subject === undefined ? undefined : patientIds.includes(subject);
      },
      standingOf: async (_tenant, patientId) => standings.get(patientId),
      safetyReaches: async (tenantId) => safety.get(tenantId) ?? 'unknown',
      chart: {
        placeOf: async (_tenant, _key, reference) => places.get(reference) ?? { answer: 'own', version: '1' },
        whereIs: async (_tenant, { id }) => whereabouts.get(id) ?? { answer: 'nowhere' },
      },
      reach: (point) => {
        reached.push(point);
        test.onReach(point);
      },
      changed: () => {
        hints += 1;
      },
    });
  const test: TestRecord = {
    database,
    verdicts,
    identifiers,
    standings,
    subjects,
    safety,
    places,
    whereabouts,
    reached,
    onReach: () => {},
    setTime: (instant) => {
      now = new Date(instant);
    },
    install(kinds) {
      Object.defineProperty(test.record, 'kinds', { value: kinds, enumerable: true, configurable: true });
    },
    hints: () => hints,
    close: () => database.close(),
    record: open(),
    reopen() {
      Object.defineProperty(test, 'record', { value: open(), enumerable: true, configurable: true });
    },
  };
  return test;
}

/** How many rows every table that a change may write to has; for "nothing was written". */
export async function countRows(database: Database): Promise<Record<string, number>> {
  const tables = [
    ...[
      'plan',
      'assignment',
      'occurrence',
      'log',
      'barrier',
      'feedback',
      'report',
      'patient',
      'source_key',
      'safety_signal',
    ],
    ...['resource', 'search_value', 'landing_group', 'ledger', 'attempt'],
  ];
  const columns = tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ');
  const { rows } = await database.query<Record<string, number>>(`select ${columns}`);
  return rows[0] ?? {};
}
