import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CapabilityStatement } from 'fhir/r4';
import { z } from 'zod';

/** An EHR's statement in our compact form, `test/fixtures/ehr/<vendor>.json`. */
const compactSchema = z.strictObject({
  source: z.string().min(1),
  vendor: z.string(),
  stated: z.string(),
  interactions: z.record(z.string(), z.array(z.string())),
  searchParameters: z.record(z.string(), z.array(z.string())),
  conditionalCreate: z.record(z.string(), z.boolean()),
  system: z.array(z.string()),
  scopesSupported: z.array(z.string()),
  refusals: z.array(z.strictObject({ type: z.string(), interaction: z.string(), because: z.string() })),
});
export type CompactEhr = z.output<typeof compactSchema>;

const folder = resolve(import.meta.dirname, '../fixtures/ehr');

/** The vendors whose statements were captured. */
export const capturedVendors = ['epic', 'oracle-health', 'athenahealth', 'meditech', 'veradigm'] as const;

export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8'));
}

export function readCompact(vendor: string): CompactEhr {
  const { success, data, error } = compactSchema.safeParse(readJson(vendor));
  if (success) return data;
  throw new TypeError(`test/fixtures/ehr/${vendor}.json: ${z.prettifyError(error)}`);
}

/** A minimal CapabilityStatement that states what the compact form does. */
export function toStatement(compact: CompactEhr): CapabilityStatement {
  const stated = {
    resourceType: 'CapabilityStatement',
    ...{ status: 'active', date: compact.stated, kind: 'instance', fhirVersion: '4.0.1', format: ['json'] },
    rest: [
      {
        mode: 'server',
        ...(compact.system.length === 0 ? {} : { interaction: compact.system.map((code) => ({ code })) }),
        resource: Object.entries(compact.interactions).map(([type, codes]) => ({
          type,
          interaction: codes.map((code) => ({ code })),
          searchParam: (compact.searchParameters[type] ?? []).map((name) => ({ name, type: 'token' })),
          ...(compact.conditionalCreate[type] === undefined
            ? {}
            : { conditionalCreate: compact.conditionalCreate[type] }),
        })),
      },
    ],
  };
  // as it would come over the wire
  return JSON.parse(JSON.stringify(stated));
}

/** The SMART configuration that goes with it; one that lists no resource scopes lists those of identity. */
export function toSmartConfiguration({ scopesSupported }: CompactEhr): { scopes_supported: string[] } {
  return { scopes_supported: ['openid', 'fhirUser', 'launch', ...scopesSupported] };
}
