import type { CapabilityStatement, CapabilityStatementRest } from 'fhir/r4';
import { defined } from '../foundation/defined.ts';
import { otherFhirVersion } from './fhir-version.ts';

/** What an EHR's FHIR server says it can do, cut down to what decides a landing. */
export interface Capabilities {
  /** Interaction codes for each resource type, sorted; a type that is not served is absent. */
  readonly interactions: Readonly<Record<string, readonly string[]>>;
  /** Types for which the server states conditional create, true or false; unstated types are absent. */
  readonly conditionalCreate: Readonly<Record<string, boolean>>;
  /** Types for which the server states conditional update, true or false; unstated types are absent. */
  readonly conditionalUpdate: Readonly<Record<string, boolean>>;
  /** Types for which the server states that it heeds the version that an update names (If-Match). */
  readonly versionedUpdate?: Readonly<Record<string, boolean>>;
  /** System-level interactions (`transaction`, `batch`, …), sorted. */
  readonly system: readonly string[];
  /** Search parameter names for each resource type, sorted. */
  readonly searchParams: Readonly<Record<string, readonly string[]>>;
  /** The version of FHIR it speaks when that is not R4: `STU3 (3.0.1)`. Nothing is promised of it then. */
  readonly otherFhirVersion?: string;
  /** Scopes that the authorization server lists, when it lists any. */
  readonly scopesSupported?: readonly string[];
}

/** The part of `.well-known/smart-configuration` that is read. */
export interface SmartConfiguration {
  readonly token_endpoint?: string;
  readonly scopes_supported?: readonly string[];
  readonly [other: string]: unknown;
}

/**
 * Reads a CapabilityStatement, and what the SMART configuration adds to it.
 * @see https://hl7.org/fhir/R4/capabilitystatement.html
 */
export function readCapabilities(statement: CapabilityStatement, smart?: SmartConfiguration): Capabilities {
  const rest: CapabilityStatementRest | undefined =
    statement.rest?.find((capabilityStatementRest) => capabilityStatementRest.mode === 'server') ?? statement.rest?.[0];
  const resources = rest?.resource ?? [];
  const byType = <T>(read: (resource: (typeof resources)[number]) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      resources.flatMap((resource) => {
        const value = read(resource);
        return value === undefined ? [] : [[resource.type, value] as const];
      }),
    );
  const sorted = (values: readonly (string | undefined)[]): string[] =>
    [...new Set(values.filter((value) => value !== undefined))].sort();
  const heeded = byType(({ versioning }) => (versioning === 'versioned-update' ? true : undefined));
  const scopes = smart?.scopes_supported;
  const other = otherFhirVersion(statement.fhirVersion);
  return {
    interactions: byType((resource) => sorted((resource.interaction ?? []).map(({ code }) => code))),
    conditionalCreate: byType((resource) => resource.conditionalCreate),
    conditionalUpdate: byType((resource) => resource.conditionalUpdate),
    ...(Object.keys(heeded).length === 0 ? {} : { versionedUpdate: heeded }),
    system: sorted((rest?.interaction ?? []).map(({ code }) => code)),
    searchParams: byType((resource) => sorted((resource.searchParam ?? []).map(({ name }) => name))),
    ...defined({ otherFhirVersion: other }),
    ...(Array.isArray(scopes) && scopes.length > 0 ? { scopesSupported: scopes } : {}),
  };
}

/** Types whose resources can be searched by `identifier`, by the server's own statement. */
export function searchByIdentifier(capabilities: Capabilities, types: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(
    types.map((type) => [type, capabilities.searchParams[type]?.includes('identifier') === true] as const),
  );
}
