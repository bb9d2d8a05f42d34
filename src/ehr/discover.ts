import type { CapabilityStatement } from 'fhir/r4';
import { readBoundedJson } from '../homework/bounded-json.ts';
import type { Clock } from '../homework/clock.ts';
import { IntersessionError } from '../homework/errors.ts';
import type { SmartConfiguration } from '../landing/capabilities.ts';
import type { EhrTenant, Probe } from './ehr-tenant.ts';
import { type FhirJson, isObject } from './fhir-json.ts';
import type { Gateway } from './gateway.ts';

/**
 * Asks an EHR what it is: its CapabilityStatement and, when it has one, its SMART configuration. Neither needs a token.
 * @throws `ehr-unreachable`
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export async function discover(tenant: EhrTenant, gateway: Gateway, clock: Clock, timeoutMs: number): Promise<Probe> {
  const [metadata, smartConfiguration] = await Promise.all([
    gateway.getOpen('metadata', 'CapabilityStatement'),
    smartConfigurationOf(tenant, timeoutMs),
  ]);
  if (!metadata.ok) {
    const problem = `metadata: ${metadata.failure.status ?? metadata.failure.outcome}`;
    throw new IntersessionError('ehr-unreachable', { tenant: tenant.id, problem }, `EHR of ${tenant.id}: ${problem}`);
  }
  if (!isCapabilityStatement(metadata.resource)) {
    const problem = 'metadata has no rest';
    throw new IntersessionError('ehr-unreachable', { tenant: tenant.id, problem }, `EHR of ${tenant.id}: ${problem}`);
  }
  return {
    at: clock.now(),
    capabilityStatement: metadata.resource,
    ...(smartConfiguration === undefined ? {} : { smartConfiguration }),
  };
}

async function smartConfigurationOf(tenant: EhrTenant, timeoutMs: number): Promise<SmartConfiguration | undefined> {
  try {
    const answer = await fetch(`${tenant.fhirBase}/.well-known/smart-configuration`, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.status !== 200) return undefined;
    const json = readBoundedJson(await answer.text());
    return isObject(json) ? json : undefined;
  } catch {
    // many servers have none; whoever needs its token endpoint says so then
    return undefined;
  }
}

function isCapabilityStatement(resource: FhirJson): resource is FhirJson & CapabilityStatement {
  return resource.resourceType === 'CapabilityStatement' && Array.isArray(resource.rest);
}
