import type { CapabilityStatement } from 'fhir/r4';
import type { JWK } from 'jose';
import type { SmartConfiguration } from '../landing/capabilities.ts';
import type { ObservationRows, SafetyRoute, SiteOverrides } from '../landing/vendor-traits.ts';
import type { Correction } from './correction.ts';
import type { SuccessStore } from './watch-successes.ts';

/** What must be known of an EHR connection to talk to it. */
export interface EhrTenant {
  readonly id: string;
  /** Without a trailing slash. */
  readonly fhirBase: string;
  readonly vendor: string;
  /** `none` only for a server on this machine. */
  readonly auth: 'smart' | 'none';
  readonly systemClientId?: string | undefined;
  /** Scopes to ask for, separated by spaces. */
  readonly systemScopes?: string | undefined;
  /** The app's client there; without one no person can sign in, and nothing is delegated. */
  readonly clientId?: string | undefined;
  /** Scopes to ask a person for; absent: what the app needs. */
  readonly appScopes?: string | undefined;
  readonly limits: {
    readonly concurrency?: number | undefined;
    readonly perMinute?: number | undefined;
    /** How long what was sent without a clear answer may still be under way; default 120. */
    readonly settleSeconds?: number | undefined;
  };
  readonly landings?: SiteOverrides | undefined;
  readonly observationRows?: ObservationRows | undefined;
  readonly safetyRoute?: SafetyRoute | undefined;
  /** How a note finds the encounter that it must name. */
  /** IANA zone of the clinic; default UTC. */
  readonly timeZone?: string | undefined;
  readonly encounterRule?: 'latest-open' | 'next-opened' | 'ask' | undefined;
}

/** The key that signs our assertions: ES384, private half as a JWK. */
export interface SigningKey {
  readonly kid: string;
  readonly privateJwk: JWK;
}

/** What an EHR said of itself when it was last asked. */
export interface Probe {
  readonly at: Date;
  readonly capabilityStatement: CapabilityStatement;
  readonly smartConfiguration?: SmartConfiguration;
  /** The scope that its authorization server reported with a token. */
  readonly grantedScope?: string;
  /** The scope that a clinician's token was last granted. */
  readonly personScope?: string;
}

/** What practice taught of an EHR, beside what it states: what was granted there, and what it refused. */
export interface Learned extends Pick<Probe, 'grantedScope' | 'personScope'> {
  readonly corrections: readonly Correction[];
}

/** Where it is kept what an EHR said and did, so that one that is down at our start is still understood. */
export interface ProbeStore extends SuccessStore {
  load(tenantId: string): Promise<Probe | undefined>;
  save(tenantId: string, probe: Probe): Promise<void>;
  corrections(tenantId: string): Promise<readonly Correction[]>;
  /** Keeps one, in place of an earlier one about the same. */
  correct(tenantId: string, correction: Correction): Promise<void>;
  /** Forgets those that are not about this statement; with no digest, all. */
  forgetCorrections(tenantId: string, exceptDigest?: string): Promise<void>;
}
