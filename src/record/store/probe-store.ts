import type { CapabilityStatement } from 'fhir/r4';
import type { Queryable } from '../database/database.ts';

/** What an EHR said of itself when it was last asked; a plain copy of what `src/ehr` keeps of it. */
export interface StoredProbe {
  readonly at: Date;
  readonly capabilityStatement: CapabilityStatement;
  readonly smartConfiguration?: Readonly<Record<string, unknown>>;
  readonly grantedScope?: string;
  readonly personScope?: string;
}

/** What an EHR advertised and then refused; a plain copy of what `src/ehr` makes of it. */
export interface StoredCorrection {
  readonly type: string;
  readonly interaction: 'create' | 'update';
  readonly identity: 'system' | 'delegated' | 'any';
  readonly status: number;
  readonly attemptId: string;
  readonly at: Date;
  readonly statementDigest: string;
  readonly againAt?: Date;
}

interface CorrectionRow extends Pick<StoredCorrection, 'type' | 'interaction' | 'identity' | 'status'> {
  attempt_id: string;
  at: string;
  statement_digest: string;
  again_at: string | null;
}

interface Row {
  at: string;
  capability_statement: CapabilityStatement;
  smart_configuration: Record<string, unknown> | null;
  granted_scope: string | null;
  person_scope: string | null;
}

// a probe without a token says nothing of the scope: what was granted before still stands
const save = `insert into probe (tenant, at, capability_statement, smart_configuration, granted_scope, person_scope)
  values ($1, $2, $3::jsonb, $4::jsonb, $5, $6)
  on conflict (tenant) do update set at = excluded.at, capability_statement = excluded.capability_statement,
    smart_configuration = excluded.smart_configuration,
    granted_scope = coalesce(excluded.granted_scope, probe.granted_scope),
    person_scope = coalesce(excluded.person_scope, probe.person_scope)`;

const correct = `insert into correction (tenant, type, interaction, identity, status, attempt_id, at, statement_digest, again_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (tenant, type, interaction, identity) do update set status = excluded.status,
    attempt_id = excluded.attempt_id, at = excluded.at, statement_digest = excluded.statement_digest,
    again_at = excluded.again_at`;

/**
 * Keeps in the database what an EHR said of itself, what it refused all the same, and when each kind of request last succeeded, so that
 * one that is down when we start is still understood.
 */
export function probeStore(database: Queryable) {
  return {
    async load(tenant: string): Promise<StoredProbe | undefined> {
      const { rows } = await database.query<Row>(
        'select at, capability_statement, smart_configuration, granted_scope, person_scope from probe where tenant = $1',
        [tenant],
      );
      const row = rows[0];
      if (row === undefined) return undefined;
      return {
        at: new Date(row.at),
        capabilityStatement: row.capability_statement,
        ...(row.smart_configuration === null ? {} : { smartConfiguration: row.smart_configuration }),
        ...(row.granted_scope === null ? {} : { grantedScope: row.granted_scope }),
        ...(row.person_scope === null ? {} : { personScope: row.person_scope }),
      };
    },
    async save(tenant: string, probe: StoredProbe): Promise<void> {
      await database.query(save, [
        tenant,
        probe.at,
        JSON.stringify(probe.capabilityStatement),
        probe.smartConfiguration === undefined ? null : JSON.stringify(probe.smartConfiguration),
        probe.grantedScope ?? null,
        probe.personScope ?? null,
      ]);
    },
    async corrections(tenant: string): Promise<StoredCorrection[]> {
      const { rows } = await database.query<CorrectionRow>(
        `select type, interaction, identity, status, attempt_id, at, statement_digest, again_at
         from correction where tenant = $1 order by type, interaction, identity`,
        [tenant],
      );
      return rows.map(({ attempt_id, at, statement_digest, again_at, ...same }) => ({
        ...same,
        attemptId: attempt_id,
        at: new Date(at),
        statementDigest: statement_digest,
        ...(again_at === null ? {} : { againAt: new Date(again_at) }),
      }));
    },
    async correct(tenant: string, storedCorrection: StoredCorrection): Promise<void> {
      const { type, interaction, identity, status, attemptId, at, againAt } = storedCorrection;
      const what = [
        tenant,
        type,
        interaction,
        identity,
        status,
        attemptId,
        at,
        storedCorrection.statementDigest,
        againAt ?? null,
      ];
      await database.query(correct, what);
    },
    async successes(tenant: string): Promise<{ readonly requestKind: string; readonly at: Date }[]> {
      const { rows } = await database.query<{ request_kind: string; at: string }>(
        'select request_kind, at from last_success where tenant = $1 order by request_kind limit 500',
        [tenant],
      );
      return rows.map(({ request_kind, at }) => ({ requestKind: request_kind, at: new Date(at) }));
    },
    async succeeded(tenant: string, { requestKind, at }: { requestKind: string; at: Date }): Promise<void> {
      const sql = `insert into last_success (tenant, request_kind, at) values ($1, $2, $3)
        on conflict (tenant, request_kind) do update set at = excluded.at`;
      await database.query(sql, [tenant, requestKind, at]);
    },
    async forgetCorrections(tenant: string, exceptDigest?: string): Promise<void> {
      const sql = 'delete from correction where tenant = $1 and ($2::text is null or statement_digest <> $2)';
      await database.query(sql, [tenant, exceptDigest ?? null]);
    },
  };
}
