import type { CapabilityStatement } from 'fhir/r4';
import type { Clock } from '../foundation/clock.ts';
import { defined } from '../foundation/defined.ts';
import type { IntersessionError } from '../foundation/intersession-error.ts';
import { isObject } from '../foundation/is-object.ts';
import type { SmartConfiguration } from '../landing/capabilities.ts';
import { dstu2 } from '../landing/fhir-version.ts';
import type { EhrFailure } from './ehr-failure.ts';
import type { EhrTenant, Probe } from './ehr-tenant.ts';
import type { FhirJson } from './fhir-json.ts';
import type { Gateway } from './gateway.ts';
import { askServer, saysLater, unfit, unreachable } from './smart/ask-server.ts';
import { sayWithoutWords } from './stranger.ts';

/**
 * Asks an EHR what it is: its CapabilityStatement and, when it has one, its SMART configuration. Neither needs a token.
 * @throws `ehr-unreachable` when it does not answer; `ehr-unfit` when what it answers is no CapabilityStatement
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export async function discover(tenant: EhrTenant, gateway: Gateway, clock: Clock, timeoutMs: number): Promise<Probe> {
  const [metadata, smartConfiguration] = await Promise.all([
    gateway.getOpen('metadata', 'CapabilityStatement'),
    smartConfigurationOf(tenant, timeoutMs),
  ]);
  if (!metadata.ok) throw await whyNoStatement(tenant, gateway, metadata.failure);
  if (!isCapabilityStatement(metadata.resource)) throw unfit(tenant.id, 'metadata has no rest');
  return {
    at: clock.now(),
    capabilityStatement: metadata.resource,
    ...defined({ smartConfiguration }),
  };
}

/** What is wrong with an answer, or that there was none; a DSTU2 server states itself in a Conformance. */
async function whyNoStatement(tenant: EhrTenant, gateway: Gateway, failure: EhrFailure): Promise<IntersessionError> {
  const { status, outcome, stranger } = failure;
  if (status === undefined || saysLater(status)) return unreachable(tenant.id, `metadata: ${status ?? outcome}`);
  if (status !== 200)
    return unfit(tenant.id, `metadata: ${stranger === undefined ? status : sayWithoutWords(stranger)}`);
  const older = await gateway.getOpen('metadata', 'Conformance');
  return unfit(tenant.id, older.ok ? `metadata is a Conformance: ${dstu2}` : `metadata: ${outcome}`);
}

async function smartConfigurationOf(tenant: EhrTenant, timeoutMs: number): Promise<SmartConfiguration | undefined> {
  try {
    const address = new URL(`${tenant.fhirBase}/.well-known/smart-configuration`);
    const { status, json } = await askServer({ tenantId: tenant.id, timeoutMs }, address);
    return status === 200 && isObject(json) ? json : undefined;
  } catch {
    // many servers have none; whoever needs its token endpoint says so then
    return undefined;
  }
}

function isCapabilityStatement(resource: FhirJson): resource is FhirJson & CapabilityStatement {
  return resource.resourceType === 'CapabilityStatement' && Array.isArray(resource.rest);
}
