import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference } from '../../homework/model.ts';
import { type Act, needsSignedIn } from '../../homework/needs-person.ts';
import type { Actor } from '../actor.ts';

/**
 * Refuses what needs a clinician who is signed in to everybody else who comes through a door, whomever they name.
 * @throws `person-needed`
 */
export function requirePerson(actor: Actor, act: Act): void {
  // the service itself comes through no door: it closes nothing and signs nothing of its own accord
  if (!needsSignedIn(act) || actor.type === 'service') return;
  if (actor.type === 'user' && actor.role === 'clinician') return;
  throw new IntersessionError(
    'person-needed',
    { act },
    'This needs a person who is signed in: a clinician does it in the app. No other system can do it in their name.',
  );
}

/** The person as the door knows them where one is signed in; else whom the command names, if anybody. */
export function personOf(actor: Actor, stated: EhrReference): EhrReference;
export function personOf(actor: Actor, stated: EhrReference | undefined): EhrReference | undefined;
export function personOf(actor: Actor, stated: EhrReference | undefined): EhrReference | undefined {
  return actor.type === 'user' ? actor.userReference : stated;
}

/** Who sent it, for the body of what a source system sends: its client id, never what the command says. */
export function viaOf(actor: Actor): { readonly via?: string } {
  return actor.type === 'source' ? { via: actor.clientId } : {};
}
