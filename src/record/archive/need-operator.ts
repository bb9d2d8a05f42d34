import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Actor } from '../actor.ts';

/**
 * Exports and imports are the service's own, asked for by whoever has its database: no source system and nobody who is
 * signed in is ever given the record itself.
 * @throws `forbidden`
 */
export function needOperator(actor: Actor): void {
  if (actor.type === 'service') return;
  throw new IntersessionError('forbidden', { needed: 'operator' }, 'This is for the operator of the service alone.');
}
