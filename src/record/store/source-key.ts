import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant } from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';
import { formerIdsOf } from '../patient/survivor-of.ts';
import type { Sourced } from '../use-cases/sourced.ts';
import { contentDigest } from './content-digest.ts';

export interface SourceClaim {
  readonly tenantId: string;
  readonly operation: string;
  readonly command: Sourced;
  readonly artefactId: string;
  readonly at: Instant;
}

interface KeyRow {
  digest: string;
  artefact_id: string;
}

/**
 * Takes the source system's name for what is about to be made. A concurrent claim of the same name waits here until
 * the first one's transaction has ended.
 * @returns undefined when it is ours to make; else the id of what was made of it before.
 * @throws `source-id-conflict` when the name was used for other content.
 */
export async function claimSourceKey(tx: Queryable, claim: SourceClaim): Promise<string | undefined> {
  const { sourceId, clientId = '' } = claim.command;
  if (sourceId === undefined) return undefined;
  const { rowCount } = await tx.query(
    `insert into source_key (tenant, client_id, operation, source_id, digest, artefact_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [claim.tenantId, clientId, claim.operation, sourceId, digestOf(claim.command), claim.artefactId, claim.at],
  );
  return rowCount === 1 ? undefined : findSourceKey(tx, claim);
}

/** What was made under the command's source id before, if anything. @throws `source-id-conflict` when of other content. */
export async function findSourceKey(
  database: Queryable,
  { tenantId, operation, command }: Pick<SourceClaim, 'tenantId' | 'operation' | 'command'>,
): Promise<string | undefined> {
  const { sourceId, clientId = '' } = command;
  if (sourceId === undefined) return undefined;
  const { rows } = await database.query<KeyRow>(
    'select digest, artefact_id from source_key where tenant = $1 and client_id = $2 and operation = $3 and source_id = $4',
    [tenantId, clientId, operation, sourceId],
  );
  const known = rows[0];
  if (known === undefined) return undefined;
  if (known.digest !== digestOf(command) && !(await saidOfFormer(database, tenantId, command, known.digest))) {
    throw new IntersessionError(
      'source-id-conflict',
      { sourceId },
      'This source id was used before, for other content.',
    );
  }
  return known.artefact_id;
}

/** Whether it is the same content, said before under an id that the patient had until two were merged. */
async function saidOfFormer(
  database: Queryable,
  tenantId: string,
  command: Sourced & { readonly patientId?: string },
  digest: string,
): Promise<boolean> {
  if (command.patientId === undefined) return false;
  const former = await formerIdsOf(database, tenantId, command.patientId);
  return former.some((patientId) => digestOf({ ...command, patientId } as Sourced) === digest);
}

function digestOf(command: Sourced): string {
  const { sourceId: _name, clientId: _client, ...content } = command;
  return contentDigest(content);
}
