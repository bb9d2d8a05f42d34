import { IntersessionError } from '../../foundation/intersession-error.ts';
import { type Actor, actorKey } from '../actor.ts';
import type { Queryable } from '../database/database.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { type PlanMember, planIdOf } from './load-plan-state.ts';

/**
 * Whose homework alone this actor sees, as `owner` and `made_by` say it; undefined: whatever its door lets through.
 * People and forms are held to one patient by their doors; only a source system is held to what it made.
 */
export function seesOnly(actor: Actor): string | undefined {
  return actor.type !== 'source' || actor.sees === 'tenant' ? undefined : actorKey(actor);
}

/** Whether this actor is told of a patient's danger at all: by a resource of a safety signal, or its ledger row. */
export function seesSafety(actor: Actor): boolean {
  return actor.type !== 'source' || actor.seesSafety !== false;
}

/** Whose homework alone this actor changes; undefined: whatever its door lets through. */
export function writesOnly(actor: Actor): string | undefined {
  return actor.type !== 'source' || actor.writes === 'tenant' ? undefined : actorKey(actor);
}

/**
 * Refuses what is about the whole tenant to who sees, or changes, only what they made.
 * @throws `forbidden`
 */
export function needTenantReach(actor: Actor, to: 'see' | 'change'): void {
  if ((to === 'see' ? seesOnly(actor) : writesOnly(actor)) === undefined) return;
  const needed = to === 'see' ? 'a registration that sees the tenant' : 'a registration that writes for the tenant';
  throw new IntersessionError('forbidden', { needed }, `This needs ${needed}.`);
}

/**
 * Refuses a change of a plan that somebody else made, in the words for one that does not exist.
 * @throws `unknown-artefact`
 */
export async function refuseForeignPlan(
  tx: Queryable,
  tenantId: string,
  { actor, of }: { readonly actor: Actor; readonly of: PlanMember },
): Promise<void> {
  const own = writesOnly(actor);
  if (own === undefined) return;
  const { rowCount } = await tx.query(
    `select from plan where tenant = $1 and id = ${planIdOf[of.artefact]} and made_by = $3`,
    [tenantId, of.id, own],
  );
  if (rowCount === 0) throw unknownArtefact(of);
}

/**
 * Refuses a change of what somebody else put into a plan, its maker's own plan as well: what a patient said in the app is
 * not the source's. In the words for one that does not exist.
 * @throws `unknown-artefact`
 */
export async function refuseForeignRow(
  tx: Queryable,
  tenantId: string,
  { actor, of }: { readonly actor: Actor; readonly of: PlanMember },
): Promise<void> {
  const own = writesOnly(actor);
  if (own === undefined) return;
  const { rowCount } = await tx.query(`select from ${of.artefact} where tenant = $1 and id = $2 and made_by = $3`, [
    tenantId,
    of.id,
    own,
  ]);
  if (rowCount === 0) throw unknownArtefact(of);
}
