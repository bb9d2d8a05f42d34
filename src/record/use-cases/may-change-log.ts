import { IntersessionError } from '../../foundation/intersession-error.ts';
import { isDraft } from '../../homework/log/draft.ts';
import type { Log } from '../../homework/model.ts';
import { type Actor, actorKey } from '../actor.ts';
import { unknownArtefact } from '../unknown-artefact.ts';

/** What somebody is about to do to a log. */
export interface LogChange {
  /** The linkIds that are not shared from then on; absent: as before. */
  readonly withheld?: readonly string[] | undefined;
}

/**
 * Whether these are the actor's own words: what a patient wrote is the patient's, whichever way it came; what a relative
 * or a clinician wrote is theirs; what a source system sent is its own until somebody else has changed it. A draft is
 * only theirs through whose door it was written.
 */
export function isWriter(actor: Actor, log: Log): boolean {
  const { source, madeBy } = log;
  const key = actorKey(actor);
  if (actor.type === 'service') return false;
  if (actor.type !== 'user') return madeBy === key && (log.changedBy === undefined || log.changedBy === key);
  const { userReference, role } = actor;
  if (source.type === 'patient') {
    // of a log that a merge has moved, the patient may bear another id by now; a patient's session opens no other's homework
    const byPatient = madeBy === undefined || madeBy.startsWith('user:Patient/');
    return role === 'patient' && userReference.startsWith('Patient/') && (byPatient || !isDraft(log));
  }
  const byThem = madeBy === undefined || madeBy === key;
  const asThem = role === (source.type === 'related-person' ? 'patient' : 'clinician');
  return asThem && source.reference === userReference && (byThem || !isDraft(log));
}

/**
 * Refuses to change a log, or to take it back, to whoever did not write it. Staff may correct one another's entries from
 * paper, a source system whose registration says `writes: tenant` what others sent; neither touches a draft that is not
 * theirs, nor what is withheld.
 * @throws `unknown-artefact` to a source system, which is not to learn what there is; `forbidden` to a person
 */
export function mayChangeLog(actor: Actor, log: Log, { withheld }: LogChange = {}): void {
  if (actor.type === 'service' || isWriter(actor, log)) return;
  const staffEntry = actor.type === 'user' && actor.role === 'clinician' && log.source.type === 'practitioner';
  const tenantWide = actor.type === 'source' && actor.writes === 'tenant';
  if (isDraft(log) || !(staffEntry || tenantWide)) throw notTheirs(actor, log);
  // answers are given anew as a whole: what is withheld could be told in an item that is shared
  const toldElsewhere = tenantWide && log.withheld.length > 0;
  if (toldElsewhere || (withheld !== undefined && !sameSet(withheld, log.withheld))) {
    const needed = 'to have written it';
    throw new IntersessionError('forbidden', { needed }, 'Only who wrote a log decides what of it is withheld.');
  }
}

/** Refuses to write under the id of a log that somebody else wrote, whatever they may otherwise do to it. @throws as `mayChangeLog` */
export function mayWriteUnder(actor: Actor, log: Log): void {
  if (actor.type !== 'service' && !isWriter(actor, log)) throw notTheirs(actor, log);
}

/** Whether a log is there for the actor at all: somebody else's draft is not, but for staff, who see that it was begun. */
export function mayKnowOf(actor: Actor, log: Log): boolean {
  if (!isDraft(log) || isWriter(actor, log)) return true;
  return actor.type === 'service' || (actor.type === 'user' && actor.role !== 'patient');
}

function notTheirs(actor: Actor, log: Log): IntersessionError {
  if (actor.type !== 'user' && log.madeBy === actorKey(actor) && !isDraft(log)) {
    const needed = 'to have changed it last';
    return new IntersessionError('forbidden', { needed }, 'This log was changed by somebody else since it was sent.');
  }
  if (actor.type !== 'user') return unknownArtefact({ artefact: 'log', id: log.id });
  return new IntersessionError('forbidden', { needed: 'to be its writer' }, 'Only who wrote this log can change it.');
}

function sameSet(entry: readonly string[], other: readonly string[]): boolean {
  const set = new Set(entry);
  return other.every((linkId) => set.has(linkId)) && set.size === new Set(other).size;
}
