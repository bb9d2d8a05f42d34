import { defined } from '../foundation/defined.ts';
import { type Capabilities, readCapabilities } from '../landing/capabilities.ts';
import { type Grants, knownGrants } from '../landing/grants.ts';
import type { LandingRow } from '../landing/landing-row.ts';
import { landingTable } from '../landing/landing-table.ts';
import type { VendorTraits } from '../landing/vendor-traits.ts';
import { type Correction, statementDigest, stillHolds, toTrait } from './correction.ts';
import type { EhrTenant, Probe } from './ehr-tenant.ts';
import { tenantGrants } from './tenant-grants.ts';

/** How long a probe is taken at its word before the EHR is asked again. */
const PROBE_MS = 10 * 60_000;
/** Where it did not say what it is, it is not asked again for so long, where an older word of it is known. */
const UNANSWERED_MS = 60_000;

/** What is known of one EHR at a moment. A value: whoever learns something makes the next one of it. */
export interface KnownEhr {
  /** What it last said of itself; absent: not asked, and not read from the store yet. */
  readonly probe?: Probe;
  /** What it advertised and refused; absent: not read from the store yet. */
  readonly corrections?: readonly Correction[];
  /** When it last did not say what it is, in milliseconds that only go forward. */
  readonly unansweredAt?: number;
}

/** What follows from it for delivery. */
export interface EhrAbilities {
  readonly capabilities: Capabilities;
  readonly landings: readonly LandingRow[];
  /** The scopes that the landings were decided by. */
  readonly grants: Grants;
  /** Those corrections that still hold. */
  readonly corrections: readonly Correction[];
}

/** Abilities with what they were derived from, so that they are derived once. */
export interface DerivedAbilities extends EhrAbilities {
  readonly from: Probe;
  readonly with: readonly Correction[];
  /** When the first of the corrections ends, in milliseconds. */
  readonly until: number;
}

/**
 * Whether the EHR's word is taken as it stands; else it is asked again first.
 * @param at the time now, and `steady`: milliseconds that only go forward
 */
export function isCurrent(
  { probe, unansweredAt }: KnownEhr,
  at: { readonly now: Date; readonly steady: number },
): boolean {
  if (probe === undefined) return false;
  const age = at.now.getTime() - probe.at.getTime();
  // one of the future was had while the clock was wrong
  if (age >= 0 && age < PROBE_MS) return true;
  return unansweredAt !== undefined && at.steady - unansweredAt < UNANSWERED_MS;
}

/** A fresh word of the EHR, with the grants that an earlier one knew. */
export function withGrants(fresh: Probe, before: Probe | undefined, grantedScope: string | undefined): Probe {
  return {
    ...fresh,
    ...defined({ grantedScope: grantedScope ?? before?.grantedScope, personScope: before?.personScope }),
  };
}

/** By which it is told whether what was corrected is still stated. */
export function digestOf(probe: Probe): string {
  return statementDigest(readCapabilities(probe.capabilityStatement, probe.smartConfiguration));
}

/**
 * The landing table that follows from an EHR's word and from what practice taught: the one that delivery works by, that pages and API
 * show, and that `doctor` prints.
 * @param of.given scopes to count with, in place of those that are known
 */
export function deriveAbilities(
  { tenant, traits, given }: { readonly tenant: EhrTenant; readonly traits: VendorTraits; readonly given?: string },
  probe: Probe,
  learned: readonly Correction[],
  now: Date,
): DerivedAbilities {
  const capabilities = readCapabilities(probe.capabilityStatement, probe.smartConfiguration);
  const digest = statementDigest(capabilities);
  const corrections = learned.filter((correction) => stillHolds(correction, now, digest));
  const until = Math.min(...corrections.map(({ againAt }) => againAt?.getTime() ?? Number.POSITIVE_INFINITY));
  const grants = given === undefined ? tenantGrants(tenant, capabilities, probe) : knownGrants({ given }, capabilities);
  const corrected = { ...traits, refuses: [...traits.refuses, ...corrections.map(toTrait)] };
  const landings = landingTable(capabilities, grants, corrected, tenant);
  return { from: probe, with: learned, until, capabilities, landings, grants, corrections };
}

/** Whether these abilities are still what `deriveAbilities` would make. */
export function stillFollows(
  derived: DerivedAbilities | undefined,
  probe: Probe,
  learned: readonly Correction[],
  now: Date,
): derived is DerivedAbilities {
  return derived?.from === probe && derived.with === learned && now.getTime() < derived.until;
}
