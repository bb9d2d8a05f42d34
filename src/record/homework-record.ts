import type { NamedIdentifier } from '../fhir/parse-reference.ts';
import type { Clock } from '../foundation/clock.ts';
import type { StandingAnswer } from '../homework/patient/patient-standing.ts';
import type { Weekday } from '../homework/schedule/schedule.ts';
import type { KindRegister } from '../kinds/kind-register.ts';
import type { Actor } from './actor.ts';
import type { Database } from './database/database.ts';
import type { ChartReader } from './ledger/chart-reader.ts';

/** What the record needs to know of an EHR connection. */
export interface RecordTenant {
  readonly id: string;
  readonly name: string;
  /** IANA zone of patients for whom none is said. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string;
  readonly lateGraceHours?: number;
  /** On which day a week of `n a week` begins; absent: Monday. */
  readonly weekBegins?: Weekday;
  /** The systems that send it homework, with what people call them. */
  readonly sources?: readonly { readonly clientId: string; readonly name?: string | undefined }[];
  /** Only a sandbox tenant's clock may be set. */
  readonly sandbox: boolean;
}

export type PatientVerdict = 'known' | 'unknown' | 'unreachable';

/** Whom a safety signal reaches: the chart, else the site's own human route, else nobody; unknown: the EHR cannot be asked. */
export type SafetyReach = 'chart' | 'route' | 'nowhere' | 'unknown';

/** Everything a use case needs; made by `openRecord`. */
export interface HomeworkRecord {
  /** On whose behalf: each door says so for each request; without a door it is the service itself. */
  readonly actor: Actor;
  readonly database: Database;
  readonly tenants: ReadonlyMap<string, RecordTenant>;
  /** The kinds of homework, and every version of their questionnaires. */
  readonly kinds: KindRegister;
  /** The machine's time: leases, backoff, token lifetimes. */
  readonly clock: Clock;
  /** The tenant's time: the machine's, unless it is a sandbox tenant whose clock is pinned. */
  clockOf(tenantId: string): Promise<Clock>;
  /** How a patient stands in the EHR, asked now; never throws because the EHR is down. */
  standingOf(tenantId: string, patientId: string): Promise<StandingAnswer>;
  /** The identifiers that the EHR's own record of the patient bears; undefined: it does not say now. */
  patientIdentifiers(tenantId: string, patientId: string): Promise<readonly NamedIdentifier[] | undefined>;
  /** Whether a resource of the EHR is about one of these ids of a patient; undefined: the EHR does not say. */
  isAboutPatient(
    tenantId: string,
    named: { readonly type: string; readonly id: string; readonly patientIds: readonly string[] },
  ): Promise<boolean | undefined>;
  /** Whom a safety signal of the tenant would reach; never throws because the EHR is down. */
  safetyReaches(tenantId: string): Promise<SafetyReach>;
  /** Reads the EHR for people's decisions about ledger rows. */
  readonly chart: ChartReader;
  readonly publicUrl: string;
  readonly responseSecret: string;
  /** Named milestones, so that a fault test can stop the process exactly there. */
  reach(point: string): void;
  /** Called after a commit that wants something delivered. */
  changed(): void;
}
