import type { RequestHandler } from 'express';
import type { JWK } from 'jose';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { CorrectionRow, HoldRow, StrangerRow, SuccessRow } from '../contract/app/connection.ts';
import type { SafetyRoute } from '../contract/app/safety.ts';
import type { LandingRow } from '../contract/landing.ts';
import type { SmartClient } from '../ehr/smart/open-smart-client.ts';
import type { EhrPulse } from '../foundation/ehr-pulse.ts';
import type { Role } from '../homework/role.ts';
import type { Weekday } from '../homework/schedule/schedule.ts';
import type { Reach } from '../record/actor.ts';
import type { HomeworkRecord } from '../record/homework-record.ts';
import type { SigningKeys } from '../record/keys/secrets.ts';
import type { QuotaLimits } from './client-quota.ts';
import type { Monitoring } from './monitoring.ts';

/** A system that sends or reads homework: its keys, by value or by address, and the scopes it may ask for. */
export interface SourceSystem {
  readonly clientId: string;
  /** For people; default: its client id. */
  readonly name?: string | undefined;
  readonly jwks?: { readonly keys: readonly JWK[] } | undefined;
  readonly jwksUri?: string | undefined;
  /** SMART system scopes, space-separated. */
  readonly scopes: string;
  /** Whose homework it is answered; default: what it made itself. */
  readonly sees?: Reach | undefined;
  /** Whose homework it may change; default: what it made itself. */
  readonly writes?: Reach | undefined;
}

/** What the doors need to know of a tenant. */
export interface HttpTenant {
  readonly id: string;
  readonly name: string;
  readonly fhirBase: string;
  readonly vendor: string;
  /** Default zone and language of its patients. */
  readonly timeZone: string;
  readonly language: string;
  /** On which day a week of a series begins; absent: Monday. */
  readonly weekBegins?: Weekday | undefined;
  readonly sandbox: boolean;
  readonly sources: readonly SourceSystem[];
  /** Who of the EHR's users is what here; patients need no rule. */
  readonly roles?: readonly RoleRule[] | undefined;
  /** Whom a coordinator looks after: `all`, or `Group/17` of the EHR; absent: nobody. */
  readonly roster?: string | undefined;
  /** For how many days a device may keep what was typed and not sent; absent: 7, 0: no longer than its tab is open. */
  readonly unsentKeptDays?: number | undefined;
  readonly crisisLine?: { readonly label: string; readonly phone: string } | undefined;
  /** Whom people call when a safety signal is raised. */
  readonly safetyRoute?: SafetyRoute | undefined;
  /** How a note finds its encounter; `ask`: a clinician may choose one when filing it. */
  readonly encounterRule?: 'latest-open' | 'next-opened' | 'ask' | undefined;
  /** Origins whose pages may show the app in a frame. */
  readonly frameAncestors?: readonly string[] | undefined;
  /** Origins whose pages may read its FHIR endpoint. */
  readonly fhirOrigins?: readonly string[] | undefined;
}

/** Both must hold where both are given. */
export interface RoleRule {
  /** `Practitioner/17`; a star at the end stands for any end. */
  readonly fhirUser?: string | undefined;
  /** A code of the user's PractitionerRole, or `system|code`. */
  readonly practitionerRoleCode?: string | undefined;
  readonly role: Role;
}

/** What signing people in needs; absent: nobody can, and the app has no doors. */
export interface SmartOptions {
  /** By tenant; a tenant without one cannot be launched from. */
  readonly clients: ReadonlyMap<string, SmartClient>;
  /** 256 bits: what app sessions keep of the EHR's tokens is encrypted with it. */
  readonly sessionKey: Uint8Array;
}

/** Who signed in, for whose chart, and what their token was granted. */
export interface SignedInEvent {
  readonly tenantId: string;
  readonly patientId?: string | undefined;
  readonly role: Role;
  readonly scope: string;
}

/** One EHR as the people who look after its connection see it and act on it. */
export interface EhrConnection {
  /** Whether the EHR says what it can do, as of a moment ago; never throws. */
  answers(): Promise<boolean>;
  /** Asks it again now, whatever is cached; never throws. */
  askAgain(): Promise<boolean>;
  /** Forgets what it refused and asks again, so that the next write tries it; never throws. */
  tryAgain(): Promise<boolean>;
  /** @throws `ehr-unreachable` when it was never reached */
  landings(): Promise<readonly LandingRow[]>;
  /** @throws `ehr-unreachable` when it was never reached */
  corrections(): Promise<readonly CorrectionRow[]>;
  /** How it has been answering. */
  pulse(): EhrPulse;
  /** When each kind of request last succeeded; never throws. */
  successes(): Promise<readonly SuccessRow[]>;
  /** Whether it takes no deliveries, and since when; undefined: it does. */
  hold(): HoldRow | undefined;
  /** What answers in its place now; none: it answers itself, or nobody does. */
  strangers(): readonly StrangerRow[];
}

export type HealthState = 'ready' | 'starting' | 'stopping' | 'failed';

/** What the service says of itself; `parts` names what it waits for or lacks, e.g. `{"ehr sandbox": "unreachable"}`. */
export interface Health {
  readonly status: HealthState;
  readonly parts?: Readonly<Record<string, string>> | undefined;
}

/** Everything that the doors need, made by `start`. */
export interface AppOptions {
  readonly record: HomeworkRecord;
  readonly tenants: readonly HttpTenant[];
  readonly config: { readonly publicUrl: string };
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly signingKeys: SigningKeys;
  health(): Health | Promise<Health>;
  /** Who may read the metrics and how each EHR does; default: callers on this machine. */
  readonly monitoring?: Monitoring;
  /** Where a person sees what an EHR holds of a patient; the sandbox has such a page. */
  chartUrl?(tenantId: string, patientId?: string): string | undefined;
  /** How each artefact reaches this tenant's EHR; undefined while it has not been asked yet. */
  landings?(tenantId: string): Promise<readonly LandingRow[] | undefined>;
  /** By tenant. */
  readonly connections?: ReadonlyMap<string, EhrConnection>;
  readonly smart?: SmartOptions;
  /** Somebody has signed in: what waits for their token can go now. */
  signedIn?(event: SignedInEvent): void;
  /** What else is served, after all doors: the pages of the app. */
  readonly pages?: RequestHandler;
  /** What one address may ask of each door that needs no token, in a minute; default 300. */
  readonly doorsPerMinute?: number;
  /** What one client may read at once and in a minute; default: four, and 1200. */
  readonly quota?: QuotaLimits;
  /** How long a body may take to arrive; default 20. */
  readonly bodySeconds?: number;
  /** For a source's `jwksUri`; the default is the global fetch. */
  readonly fetch?: typeof globalThis.fetch;
}
