import type { NamedIdentifier } from '../fhir/parse-reference.ts';
import type { Clock } from '../foundation/clock.ts';
import type { StandingAnswer } from '../homework/patient/patient-standing.ts';
import type { KindRegister } from '../kinds/kind-register.ts';
import { registeredKinds } from '../kinds/registry.ts';
import type { Database } from './database/database.ts';
import type { HomeworkRecord, PatientVerdict, RecordTenant, SafetyReach } from './homework-record.ts';
import type { ChartReader } from './ledger/chart-reader.ts';
import { tenantOf } from './tenant-of.ts';

export interface OpenRecord {
  readonly database: Database;
  readonly tenants: readonly RecordTenant[];
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly responseSecret: string;
  /** Default: those that come with the product. */
  readonly kinds?: KindRegister;
  /** Whether the EHR knows the patient, where `standingOf` is not given. */
  verifyPatient?(tenantId: string, patientId: string): Promise<PatientVerdict>;
  /** How a patient stands in the EHR; default: as `verifyPatient` says, current when known. */
  standingOf?(tenantId: string, patientId: string): Promise<StandingAnswer | undefined>;
  /** Default: the EHR does not say. */
  patientIdentifiers?(tenantId: string, patientId: string): Promise<readonly NamedIdentifier[] | undefined>;
  /** Default: the EHR does not say. */
  isAboutPatient?: HomeworkRecord['isAboutPatient'];
  /** Default: unknown, which keeps nobody from anything. */
  safetyReaches?(tenantId: string): Promise<SafetyReach>;
  /** Default: the EHR cannot be asked, so that what needs its word is refused. */
  readonly chart?: ChartReader;
  reach?(point: string): void;
  changed?(): void;
}

/** Puts together what use cases need, over a database whose tables are up to date. */
export function openRecord(options: OpenRecord): HomeworkRecord {
  const { database, clock, publicUrl, responseSecret } = options;
  const record: HomeworkRecord = {
    actor: { type: 'service' },
    database,
    clock,
    publicUrl,
    responseSecret,
    kinds: options.kinds ?? registeredKinds,
    tenants: new Map(options.tenants.map((tenant) => [tenant.id, tenant])),
    clockOf: async (tenantId) =>
      // only a sandbox tenant can have a pin, so the others ask nothing; not cached, as another process may set it
      tenantOf(record, tenantId).sandbox ? pinnedClock(database, tenantId, clock) : clock,
    standingOf: async (tenantId, patientId) =>
      (await options.standingOf?.(tenantId, patientId)) ??
      verdictOf(await options.verifyPatient?.(tenantId, patientId)),
    patientIdentifiers: async (tenantId, patientId) => options.patientIdentifiers?.(tenantId, patientId),
    isAboutPatient: async (tenantId, named) => options.isAboutPatient?.(tenantId, named),
    safetyReaches: async (tenantId) => (await options.safetyReaches?.(tenantId)) ?? 'unknown',
    chart: options.chart ?? { placeOf: unreachable, whereIs: unreachable },
    reach: (point) => options.reach?.(point),
    changed: () => options.changed?.(),
  };
  return record;
}

const unreachable = async () => ({ answer: 'unreachable' }) as const;

function verdictOf(verdict: PatientVerdict = 'unreachable'): StandingAnswer {
  if (verdict === 'unknown') return { answer: 'unknown' };
  if (verdict === 'unreachable') return { answer: 'unreachable' };
  return { answer: 'known', standing: { state: 'current' }, replaces: [] };
}

async function pinnedClock(database: Database, tenantId: string, machine: Clock): Promise<Clock> {
  const { rows } = await database.query<{ pinned_at: string }>(
    'select pinned_at from sandbox_clock where tenant = $1',
    [tenantId],
  );
  const pinnedAt = rows[0]?.pinned_at;
  return pinnedAt === undefined ? machine : { now: () => new Date(pinnedAt) };
}
