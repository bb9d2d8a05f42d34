import type { Role } from '../homework/role.ts';

/** What a source system made itself, or all that the tenant holds. */
export type Reach = 'own' | 'tenant';

/**
 * Who makes a change: what the door knows of its caller, never what the caller says. The record that a door hands to a use
 * case carries it (`record.actor`, by `actingAs`), so no command can say otherwise, and none can forget it.
 */
export type Actor =
  /** A source system, by its token (`/api/v1`, `/fhir`). */
  | {
      readonly type: 'source';
      readonly clientId: string;
      /** Whose homework it sees, and may change; default of both: its own. */
      readonly sees?: Reach;
      readonly writes?: Reach;
      /** False: nothing that tells of a patient's danger, whatever its FHIR type. */
      readonly seesSafety?: boolean;
    }
  /** A signed-in person in the app. */
  | {
      readonly type: 'user';
      readonly userReference: string;
      readonly role: Role;
      /** The sign-in, by its launch id. */
      readonly sessionId: string;
    }
  /** Whoever holds the address of one occurrence's response endpoint. */
  | { readonly type: 'form'; readonly occurrenceId: string }
  /** The service itself: sweeps, imports, delivery. */
  | { readonly type: 'service' };

/** The actor in one text, as it is stored beside what it made. */
export function actorKey(actor: Actor): string {
  switch (actor.type) {
    case 'source':
      return `source:${actor.clientId}`;
    case 'user':
      return `user:${actor.userReference}`;
    case 'form':
      return `form:${actor.occurrenceId}`;
    case 'service':
      return 'service';
  }
}

/** The same record, for what this actor asks of it. */
export function actingAs<Of extends { readonly actor: Actor }>(record: Of, actor: Actor): Of {
  return { ...record, actor };
}
