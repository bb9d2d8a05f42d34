import type { CapabilityStatement } from 'fhir/r4';
import type { Queryable } from './database/database.ts';

/** What an EHR said of itself when it was last asked; a plain copy of what `src/ehr` keeps of it. */
export interface StoredProbe {
  readonly at: Date;
  readonly capabilityStatement: CapabilityStatement;
  readonly smartConfiguration?: Readonly<Record<string, unknown>>;
  readonly grantedScope?: string;
}

interface Row {
  at: string;
  capability_statement: CapabilityStatement;
  smart_configuration: Record<string, unknown> | null;
  granted_scope: string | null;
}

// a probe without a token says nothing of the scope: what was granted before still stands
const save = `insert into probe (tenant, at, capability_statement, smart_configuration, granted_scope)
  values ($1, $2, $3::jsonb, $4::jsonb, $5)
  on conflict (tenant) do update set at = excluded.at, capability_statement = excluded.capability_statement,
    smart_configuration = excluded.smart_configuration,
    granted_scope = coalesce(excluded.granted_scope, probe.granted_scope)`;

/** Keeps probes in the database, so that an EHR that is down when we start is still understood. */
export function probeStore(database: Queryable) {
  return {
    async load(tenant: string): Promise<StoredProbe | undefined> {
      const { rows } = await database.query<Row>(
        'select at, capability_statement, smart_configuration, granted_scope from probe where tenant = $1',
        [tenant],
      );
      const row = rows[0];
      if (row === undefined) return undefined;
      return {
        at: new Date(row.at),
        capabilityStatement: row.capability_statement,
        ...(row.smart_configuration === null ? {} : { smartConfiguration: row.smart_configuration }),
        ...(row.granted_scope === null ? {} : { grantedScope: row.granted_scope }),
      };
    },
    async save(tenant: string, probe: StoredProbe): Promise<void> {
      await database.query(save, [
        tenant,
        probe.at,
        JSON.stringify(probe.capabilityStatement),
        probe.smartConfiguration === undefined ? null : JSON.stringify(probe.smartConfiguration),
        probe.grantedScope ?? null,
      ]);
    },
  };
}
